using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Spool;

/// <summary>When events go to the spool, and how they come back.</summary>
public class SpoolOptions
{
    /// <summary>An append that the log has not made durable after this long goes to the spool too, and so does what follows until
    /// the log is fast again. Default 500 ms: a user hardly notices it, and a busy disk's usual hiccups stay below. It is kept to
    /// about a fifth. Shorter: the spool takes over sooner, and more often for nothing.</summary>
    [Range(typeof(TimeSpan), "00:00:00.020", "00:01:00")]
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Wait after a failed try to drain. Default 1 s, as long as the log itself refuses after a failed write.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes that the spool may take. Default 4 GiB, some ten million clicks. Beyond it events are refused at once: make it as
    /// long as the longest outage that shall cost no click, at the usual rate.</summary>
    [Range(typeof(long), "1048576", "1099511627776")]
    public long MaxBytes { get; init; } = 4L << 30;
}

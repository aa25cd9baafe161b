using System.ComponentModel.DataAnnotations;
using ClickFuncs.Batch.Archive.Avro;

namespace ClickFuncs.Batch.Archive;

/// <summary>How the log is archived. What is archived never depends on it, only into how many files it goes.</summary>
public sealed record ArchiveOptions
{
    private const string LakeName = "^[A-Za-z0-9_=-][A-Za-z0-9._=-]*$";

    /// <summary>First name in the path of capture files, in place of an Event Hubs namespace. Default <c>clickfuncs</c>.</summary>
    [Required, RegularExpression(LakeName)]
    public string Namespace { get; init; } = "clickfuncs";

    /// <summary>Second name, in place of an event hub. Default <c>clicks</c>. A new name begins a new archive.</summary>
    [Required, RegularExpression(LakeName)]
    public string Hub { get; init; } = "clicks";

    /// <summary>Time after which a capture file is closed, empty or not. Default 60 s, the shortest that Event Hubs has: a file a minute and
    /// partition, and the archive is at most this far behind.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Bytes after which a capture file is closed before its time. Default 64 MiB: what is written again after a crash.</summary>
    [Range(typeof(long), "1048576", "4294967296")]
    public long MaxFileBytes { get; init; } = 64L << 20;

    /// <summary>How often an open file takes what is new on the log. Default 0.1 s: reading what has just been written costs no disk, and little at a
    /// time keeps no click waiting.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan ReadInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How blocks are stored. Default <c>Null</c>, uncompressed, as Event Hubs Capture does; <c>Deflate</c> takes less room and
    /// several times the processor time.</summary>
    public AvroCodec Codec { get; init; } = AvroCodec.Null;

    /// <summary>Wait after a failure before a partition is archived again from what the lake holds. Default 5 s. Tries never end: the log keeps
    /// what is not archived.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Age at which capture files are deleted once they are compacted and every day they hold is closed with them. Default none: they are
    /// kept for ever. They are what holds addresses and user ids as they were, and what a backfill reads.</summary>
    [Range(typeof(TimeSpan), "2.00:00:00", "36500.00:00:00")]
    public TimeSpan? RetainFor { get; init; }

    /// <summary>The names as one value.</summary>
    public CaptureHub ToHub() => new(Namespace, Hub);
}

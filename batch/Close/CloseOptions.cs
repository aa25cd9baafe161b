using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Batch.Close;

/// <summary>When a day is closed, and what closing may take.</summary>
public sealed record CloseOptions
{
    /// <summary>When the day before is closed, in the five fields of crontab, UTC. Default 02:00 every day: by then the allowed lateness
    /// has passed and the archive has the day, and finance finds the report in the morning.</summary>
    [Required]
    public string Schedule { get; init; } = "0 2 * * *";

    /// <summary>Days before a day in which a copy of an event makes that of the day a repeat. Default 7: links die after a day, and a
    /// retry later than a week would be news.</summary>
    [Range(0, 366)]
    public int LookBackDays { get; init; } = 7;

    /// <summary>How many days before the day closed are closed again when events for them have come since. Default 7.</summary>
    [Range(0, 400)]
    public int ReopenDays { get; init; } = 7;

    /// <summary>Longest wait for the archive and the stream to have everything up to the cut. Default 6 h; then the close fails and says what is missing.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "2.00:00:00")]
    public TimeSpan SettleTimeout { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Time between the first two looks while waiting; doubles up to a minute. Default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan SettlePoll { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Buckets counted at once. Default 1: on one machine the stream has its share too.</summary>
    [Range(1, 1024)]
    public int BucketsAtOnce { get; init; } = 1;
}

using System.ComponentModel.DataAnnotations;
using ClickFuncs.Analytics;

namespace ClickFuncs.Local.Analytics;

/// <summary>How much of the machine the embedded analytics store may use, and how long it keeps what (R34).</summary>
internal sealed class DuckDbAnalyticsOptions : IValidatableObject
{
    /// <summary>Threads that queries and maintenance share. Default 2: capture and counting come first.</summary>
    [Range(1, 256)]
    public int Threads { get; init; } = 2;

    /// <summary>Most memory for data and query state, in MiB; beyond it queries spill to disk. Default 1,024.</summary>
    [Range(64, 1024 * 1024)]
    public int MemoryMiB { get; init; } = 1024;

    /// <summary>Size of the write-ahead log at which it is folded into the file, in MiB. Default 64: rare enough not to be
    /// felt while publishing, small enough to start up within a second after a crash.</summary>
    [Range(1, 64 * 1024)]
    public int CheckpointMiB { get; init; } = 64;

    /// <summary>Queries that run at once; further ones wait. Default 4.</summary>
    [Range(1, 64)]
    public int Readers { get; init; } = 4;

    /// <summary>Rows that one step of compaction takes from the log, at least one window. Publishing waits for a step. Default 250,000: about half a second.</summary>
    [Range(1, 100_000_000)]
    public int CompactionRows { get; init; } = 250_000;

    /// <summary>Dimension keys kept encoded in memory, about 200 bytes each; when full it starts anew. Default 500,000.</summary>
    [Range(1, 100_000_000)]
    public int CachedKeys { get; init; } = 500_000;

    /// <summary>Most points of one answer. Default 1,000,000.</summary>
    [Range(1, 100_000_000)]
    public int MaxPoints { get; init; } = AnalyticsLimitException.DefaultMaxPoints;

    /// <summary>Days before the newest event that minutes are kept; older ones are told by their hours. Default 7: what somebody
    /// looks at by the minute happened this week.</summary>
    [Range(1, 3650)]
    public int MinuteDays { get; init; } = 7;

    /// <summary>Days before the newest event that hours are kept, of the stream and of the recount; older ones are told by
    /// their days. Default 90: a quarter. At least <see cref="MinuteDays"/>.</summary>
    [Range(1, 3650)]
    public int HourDays { get; init; } = 90;

    /// <summary>Days before the newest event that days are kept in the file; months before it move to the lake and stay
    /// queryable, a little slower. Default 730: this year and the one it is compared with. At least <see cref="HourDays"/>.</summary>
    [Range(1, 36500)]
    public int HotDays { get; init; } = 730;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MinuteDays > HourDays || HourDays > HotDays)
            yield return new ValidationResult(
                $"MinuteDays ({MinuteDays}), HourDays ({HourDays}) and HotDays ({HotDays}) must not descend: coarser counts are kept at least as long.");
    }
}

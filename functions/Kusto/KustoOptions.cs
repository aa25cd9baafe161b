using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Functions.Kusto;

/// <summary>How the analytics database is asked.</summary>
public sealed record KustoOptions : IValidatableObject
{
    /// <summary>Most rows that the service gives in one answer.</summary>
    public const int ServiceMaxRows = 500_000;

    /// <summary>Most bytes of one streaming ingestion. Default 3 MiB: the service takes 4 MB.</summary>
    [Range(64 * 1024, 4_000_000)]
    public int MaxIngestBytes { get; init; } = 3 * 1024 * 1024;

    /// <summary>
    /// Most points of one answer; a larger one is refused. Default 200,000. The service ends an answer at 500,000 rows or 64 MB
    /// (https://learn.microsoft.com/kusto/concepts/query-limits, result truncation). At most 499,999, since one row more is asked for to see that there are more;
    /// 200,000 leave each row 335 bytes. What is above 64 MB all the same is refused as well.
    /// </summary>
    [Range(1, ServiceMaxRows - 1)]
    public int MaxPoints { get; init; } = 200_000;

    /// <summary>In how many slices rollup, backfills and the nightly close read all keys. Default 16: the service's answers end at 500,000 rows or 64 MB, and
    /// a slice beyond is an error, which names this setting.</summary>
    [Range(1, 4096)]
    public int Slices { get; init; } = 16;

    /// <summary>Longest wait for an answer. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Days before the newest event that counts by the minute are answered; older ones are told by their hours. Default 7, as on one
    /// machine. At most 45: the schema deletes minutes after 60.</summary>
    [Range(1, 45)]
    public int MinuteDays { get; init; } = 7;

    /// <summary>Days before the newest event that counts by the hour are answered; older ones are told by their days. Default 90, as on one
    /// machine. At most 150: the schema deletes hours after 200. At least <see cref="MinuteDays"/>.</summary>
    [Range(1, 150)]
    public int HourDays { get; init; } = 90;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MinuteDays > HourDays)
            yield return new ValidationResult($"MinuteDays ({MinuteDays}) must not exceed HourDays ({HourDays}): coarser counts are kept at least as long.", [nameof(MinuteDays)]);
    }
}

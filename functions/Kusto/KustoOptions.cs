using System.ComponentModel.DataAnnotations;
using ClickFuncs.Analytics;

namespace ClickFuncs.Functions.Kusto;

/// <summary>How the analytics database is asked.</summary>
public sealed record KustoOptions : IValidatableObject
{
    /// <summary>Most bytes of one streaming ingestion. Default 3 MiB: the service takes 4 MB.</summary>
    [Range(64 * 1024, 4_000_000)]
    public int MaxIngestBytes { get; init; } = 3 * 1024 * 1024;

    /// <summary>Most points of one answer. Default 1,000,000.</summary>
    [Range(1, 100_000_000)]
    public int MaxPoints { get; init; } = AnalyticsLimitException.DefaultMaxPoints;

    /// <summary>In how many slices the nightly close reads what the stream counted. Default 16: the service's answers end at 500,000 rows.</summary>
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

using System.ComponentModel.DataAnnotations;
using ClickFuncs.Analytics;

namespace ClickFuncs.Functions.Kusto;

/// <summary>How the analytics database is asked.</summary>
public sealed record KustoOptions
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
}

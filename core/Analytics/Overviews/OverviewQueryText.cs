namespace ClickFuncs.Analytics.Overviews;

/// <summary>An overview query as it arrives: strings from a URL, absent ones null.</summary>
/// <param name="Query">The range itself.</param>
public sealed record OverviewQueryText(AnalyticsQueryText Query)
{
    /// <summary>Start of the range to compare with, inclusive; given together with its end.</summary>
    public string? CompareStartTime { get; init; }

    /// <summary>End of the range to compare with, exclusive.</summary>
    public string? CompareEndTime { get; init; }

    /// <summary>Name of the dimension to break down by.</summary>
    public string? Breakdown { get; init; }

    /// <summary>Name of a metric.</summary>
    public string? OrderBy { get; init; }

    /// <summary><c>desc</c> (default) or <c>asc</c>.</summary>
    public string? Order { get; init; }

    /// <summary>Rows to skip.</summary>
    public string? Offset { get; init; }

    /// <summary>Most rows.</summary>
    public string? Limit { get; init; }
}

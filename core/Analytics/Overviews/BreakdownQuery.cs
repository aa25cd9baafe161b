namespace ClickFuncs.Analytics.Overviews;

/// <summary>Asks for the range as a table: one row per value of a dimension, the largest first, a page of them.</summary>
public sealed record BreakdownQuery
{
    /// <summary>Rows of a page unless told otherwise: more than a screen holds.</summary>
    public const int DefaultLimit = 50;

    /// <summary>Most rows of a page: each brings its trend along.</summary>
    public const int MaxLimit = 500;

    /// <summary>What the rows are.</summary>
    public required Dimension Dimension { get; init; }

    /// <summary>What they are ordered by. Amounts of money are compared within their currency only.</summary>
    public AnalyticsMetric OrderBy { get; init; } = AnalyticsMetric.Clicks;

    /// <summary>Smallest first. Rows without the metric come last either way.</summary>
    public bool IsAscending { get; init; }

    /// <summary>Rows to skip.</summary>
    public int Offset { get; init; }

    /// <summary>Most rows of the page.</summary>
    public int Limit { get; init; } = DefaultLimit;
}

namespace ClickFuncs.Analytics.Overviews;

/// <summary>All that a page about an advertiser shows, in one question.</summary>
/// <param name="Query">The range itself.</param>
/// <param name="Comparison">The same question about an earlier range; null when not asked for.</param>
/// <param name="Breakdown">The range as a table; null when not asked for.</param>
public sealed record OverviewQuery(AnalyticsQuery Query, AnalyticsQuery? Comparison = null, BreakdownQuery? Breakdown = null);

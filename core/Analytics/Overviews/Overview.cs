namespace ClickFuncs.Analytics.Overviews;

/// <summary>The answer to an overview query.</summary>
/// <param name="Answer">Of the range itself.</param>
/// <param name="Comparison">Of the range to compare with; null when not asked for, or when it can't be had any more.</param>
/// <param name="Breakdown">The table; null when not asked for.</param>
/// <param name="LateClicks">Clicks that are in none of the numbers, as they came too late and their day is not final; null when unknown.</param>
public sealed record Overview(AnalyticsAnswer Answer, AnalyticsAnswer? Comparison, Breakdown? Breakdown, long? LateClicks = null);

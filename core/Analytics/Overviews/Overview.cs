namespace ClickFuncs.Analytics.Overviews;

/// <summary>The answer to an overview query.</summary>
/// <param name="Answer">Of the range itself.</param>
/// <param name="Comparison">Of the range to compare with; null when not asked for, or when it can't be had any more.</param>
/// <param name="Breakdown">The table; null when not asked for.</param>
public sealed record Overview(AnalyticsAnswer Answer, AnalyticsAnswer? Comparison, Breakdown? Breakdown);

namespace ClickFuncs.Api.Analytics;

/// <summary>The answer to an analytics query. Metrics that were not asked for are left out.</summary>
/// <param name="AdvertiserId">Whose numbers.</param>
/// <param name="Granularity">Width of a point: 1m, 1h or 1d.</param>
/// <param name="Accuracy">live or final; auto is final only if every point is.</param>
/// <param name="Watermark">Event time up to which live counts are complete; null before the first event.</param>
/// <param name="AsOf">When the newest counts were published; null before the first.</param>
/// <param name="Series">The points, by time, group and currency.</param>
/// <param name="Totals">Their sum, an entry per currency.</param>
/// <param name="TimeZone">The place whose days were asked for; absent for UTC.</param>
/// <param name="LateClicks">Clicks that came too late for the live count; absent where that is not known.</param>
/// <param name="Comparison">The range that was asked for beside; null when counts of that time are no longer kept that fine.</param>
/// <param name="Breakdown">The range as a table, when asked for.</param>
public sealed record OverviewAnswer(
    string AdvertiserId, string Granularity, string Accuracy, DateTimeOffset? Watermark, DateTimeOffset? AsOf, IReadOnlyList<PointAnswer> Series,
    IReadOnlyList<CountsAnswer> Totals, string? TimeZone = null, long? LateClicks = null, ComparisonAnswer? Comparison = null, BreakdownAnswer? Breakdown = null);

/// <summary>The range to compare with.</summary>
/// <param name="StartTime">Its start, inclusive.</param>
/// <param name="EndTime">Its end, exclusive.</param>
/// <param name="Series">Its points.</param>
/// <param name="Totals">Their sum, an entry per currency.</param>
public sealed record ComparisonAnswer(DateTimeOffset StartTime, DateTimeOffset EndTime, IReadOnlyList<PointAnswer> Series, IReadOnlyList<CountsAnswer> Totals);

/// <summary>A page of the table.</summary>
/// <param name="Dimension">What a row is a value of.</param>
/// <param name="OrderBy">The metric it is ordered by.</param>
/// <param name="Order">asc or desc.</param>
/// <param name="Offset">Rows before the page.</param>
/// <param name="Limit">Most rows of the page.</param>
/// <param name="Count">All rows.</param>
/// <param name="TrendStepSeconds">Width of a step of the trends.</param>
/// <param name="Rows">The page.</param>
public sealed record BreakdownAnswer(
    string Dimension, string OrderBy, string Order, int Offset, int Limit, int Count, long TrendStepSeconds, IReadOnlyList<BreakdownRowAnswer> Rows);

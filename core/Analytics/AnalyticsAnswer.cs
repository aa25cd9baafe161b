using ClickFuncs.Windows;

namespace ClickFuncs.Analytics;

/// <summary>What the store knows, ordered by time, then by the values of the group-by dimensions, then by currency (ordinal).</summary>
/// <param name="Points">One per time and group where something happened.</param>
/// <param name="WatermarkMs">Up to which event time the live counts are complete, milliseconds since the Unix epoch; null before the first event.</param>
/// <param name="AsOfMs">When the newest rows were published, milliseconds since the Unix epoch; null before the first.</param>
public sealed record AnalyticsAnswer(IReadOnlyList<AnalyticsPoint> Points, long? WatermarkMs, long? AsOfMs);

/// <summary>The counts of one time and group.</summary>
/// <param name="StartMs">Start of the point, milliseconds since the Unix epoch, aligned to the granularity.</param>
/// <param name="Group">Value per group-by dimension, in the query's order; empty string for unknown.</param>
/// <param name="Currency">Currency of the spend. Amounts of two currencies are never added; counts that carry no cost and
/// no currency of their own join the only currency of the answer, if there is just one.</param>
/// <param name="Metrics">The counts.</param>
/// <param name="Accuracy">Live or final.</param>
public sealed record AnalyticsPoint(
    long StartMs, IReadOnlyList<string> Group, string Currency, WindowMetrics Metrics, Accuracy Accuracy);

using ClickFuncs.Windows;

namespace ClickFuncs.Analytics;

/// <summary>Counts of a span of time and a full dimension key, over all partitions.</summary>
/// <param name="StartMs">Start of the span, milliseconds since the Unix epoch; its width is known from the context.</param>
/// <param name="Key">Advertiser, campaign and the other dimensions.</param>
/// <param name="Metrics">The counts.</param>
public readonly record struct AnalyticsRow(long StartMs, DimensionKey Key, WindowMetrics Metrics);

using ClickFuncs.Windows;

namespace ClickFuncs.Batch.Recount;

/// <summary>A sum of truth, or of one cause's differences; the latter may be negative.</summary>
/// <param name="Cause">What it is.</param>
/// <param name="HourMs">Start of the hour of event time, milliseconds since the Unix epoch.</param>
/// <param name="Key">Advertiser, campaign and the other dimensions.</param>
/// <param name="Metrics">The counts.</param>
public readonly record struct RecountRow(RecountCause Cause, long HourMs, DimensionKey Key, WindowMetrics Metrics);

namespace ClickFuncs.Analytics;

/// <summary>How far one partition has published.</summary>
/// <param name="WatermarkMs">Its watermark, milliseconds since the Unix epoch; <see cref="long.MinValue"/> before its first event.</param>
/// <param name="PublishedAtMs">When its newest version was published.</param>
public readonly record struct PartitionFreshness(long WatermarkMs, long PublishedAtMs);

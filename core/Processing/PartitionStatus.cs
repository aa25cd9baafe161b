using ClickFuncs.State;

namespace ClickFuncs.Processing;

/// <summary>Where a partition stands, for metrics, health and progress. Replaced as a whole after every commit.</summary>
/// <param name="Partition">Zero-based partition.</param>
/// <param name="Position">Last committed sequence number; -1 before the first.</param>
/// <param name="PublishedPosition">Last sequence number whose rows are visible to queries.</param>
/// <param name="WatermarkMs">Watermark, milliseconds since the Unix epoch; <see cref="long.MinValue"/> before the first event.</param>
/// <param name="CommittedAtMs">Time of the newest commit, milliseconds since the Unix epoch; 0 before the first.</param>
/// <param name="Counters">What happened to its events.</param>
public sealed record PartitionStatus(
    int Partition, long Position, long PublishedPosition, long WatermarkMs, long CommittedAtMs, PartitionCounters Counters);

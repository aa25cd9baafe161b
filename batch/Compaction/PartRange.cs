namespace ClickFuncs.Batch.Compaction;

/// <summary>What a part covers of a partition.</summary>
/// <param name="Partition">Partition of the log.</param>
/// <param name="FirstSequence">Sequence number it begins with.</param>
/// <param name="NextSequence">Sequence number the next part begins with; the same when it covers none.</param>
/// <param name="StreamTimeBeforeMs">Largest event time before its first record, milliseconds since the Unix epoch; null if there was no event.</param>
/// <param name="StreamTimeAfterMs">Largest event time up to its last record, which the next part goes on from; null if there was no event.</param>
/// <param name="Repeated">Records that capture files held twice; the first one was taken.</param>
/// <param name="LastSource">Path of the last capture file that was read, empty ones included: the next part goes on after it.</param>
public sealed record PartRange(
    int Partition, long FirstSequence, long NextSequence, long? StreamTimeBeforeMs, long? StreamTimeAfterMs, long Repeated, string? LastSource);

namespace ClickFuncs.Log;

/// <summary>Where a record lies on the log.</summary>
/// <param name="Partition">Zero-based partition.</param>
/// <param name="Sequence">Sequence number in the partition: contiguous, from 0; -1 where the log does not tell it to who appends.</param>
public readonly record struct LogPosition(int Partition, long Sequence);

namespace ClickFuncs.Batch.Recount;

/// <summary>What one copy adds to truth, or to a difference.</summary>
/// <param name="Partition">Partition of the log.</param>
/// <param name="Sequence">Sequence number.</param>
/// <param name="Cause">Truth, or why the stream has it otherwise.</param>
/// <param name="Counts">1, -1 or 0: times it counts, with its cost.</param>
/// <param name="RawClicks">1 or 0: whether it shows in the raw clicks, if it is one.</param>
internal readonly record struct CopyMark(int Partition, long Sequence, RecountCause Cause, int Counts, int RawClicks);

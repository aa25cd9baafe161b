namespace ClickFuncs.Batch.Compaction;

/// <summary>What a run of the compaction did.</summary>
/// <param name="Parts">Parts it made.</param>
/// <param name="Records">Records in them.</param>
/// <param name="Positions">By partition of the slice: the sequence number up to, not including, which there are parts now, whoever made them.</param>
public sealed record CompactionResult(int Parts, long Records, IReadOnlyDictionary<int, long> Positions);

namespace ClickFuncs.Local.Log;

/// <summary>A block from which a reader may start.</summary>
/// <param name="Offset">Where the block starts in its segment.</param>
/// <param name="Sequences">Sequence number each partition has reached just before it.</param>
internal readonly record struct IndexPoint(long Offset, long[] Sequences);

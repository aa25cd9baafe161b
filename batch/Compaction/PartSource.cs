namespace ClickFuncs.Batch.Compaction;

/// <summary>A capture file that a part was made from.</summary>
/// <param name="Path">Path in the lake.</param>
/// <param name="Records">Records it holds.</param>
/// <param name="Length">Bytes that were read: all of them.</param>
/// <param name="Sha256">Digest of what was read, in hexadecimal.</param>
public sealed record PartSource(string Path, long Records, long Length, string Sha256);

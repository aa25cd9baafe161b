namespace ClickFuncs.Local.Log;

/// <summary>What a full check of the log found.</summary>
/// <param name="Findings">One clear sentence for each thing wrong; empty when all is well.</param>
/// <param name="Torn">An interrupted write at the end: no damage, the next opening cuts it. Null if there is none.</param>
/// <param name="SetAside">Files that hold interrupted writes cut off earlier; they may be deleted.</param>
/// <param name="Segments">Segment files.</param>
/// <param name="Blocks">Good blocks.</param>
/// <param name="Records">Records in them.</param>
/// <param name="Bytes">Bytes of all segment files.</param>
/// <param name="NextSequences">For each partition, the sequence number after its last good record; empty without segments.</param>
internal sealed record LogVerification(
    IReadOnlyList<string> Findings, TornTail? Torn, IReadOnlyList<string> SetAside, int Segments, long Blocks, long Records, long Bytes,
    IReadOnlyList<long> NextSequences);

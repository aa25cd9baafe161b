namespace ClickFuncs.Batch.Archive;

/// <summary>What reading a whole archive found.</summary>
/// <param name="Findings">A sentence for everything wrong; empty when all is well.</param>
/// <param name="Files">Capture files, those that can't be read included.</param>
/// <param name="Records">Records in those that can.</param>
/// <param name="Bytes">Bytes of all.</param>
/// <param name="NextSequences">By hub and partition, the record that the next capture file begins with; absent where that is not known.</param>
public sealed record ArchiveVerification(
    IReadOnlyList<string> Findings, long Files, long Records, long Bytes, IReadOnlyDictionary<(CaptureHub Hub, int Partition), long> NextSequences)
{
    /// <summary>The same for one hub, by partition.</summary>
    public IReadOnlyDictionary<int, long> NextOf(CaptureHub hub) =>
        NextSequences.Where(n => n.Key.Hub == hub).ToDictionary(n => n.Key.Partition, n => n.Value);
}

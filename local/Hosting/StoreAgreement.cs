using ClickFuncs.State;

namespace ClickFuncs.Local.Hosting;

/// <summary>
/// Whether log, state and counts of a data folder belong together. They are written in that order, so none may be ahead
/// of the one before it; one that was deleted or restored from an older copy is. Pure.
/// </summary>
internal static class StoreAgreement
{
    /// <summary>A sentence for each contradiction; empty when the stores agree.</summary>
    /// <param name="heads">Where the partitions stand.</param>
    /// <param name="nextSequences">For each partition, the sequence number the log's next record gets.</param>
    /// <param name="versions">For each partition, the newest version the analytics store holds.</param>
    public static IEnumerable<string> Contradictions(
        IEnumerable<PartitionHead> heads, IReadOnlyList<long> nextSequences, IReadOnlyDictionary<int, long> versions)
    {
        foreach (var head in heads)
        {
            var next = head.Partition < nextSequences.Count ? nextSequences[head.Partition] : 0;
            if (head.Position >= next)
                yield return FormattableString.Invariant(
                    $"Partition {head.Partition}: the state has counted up to record {head.Position}, but the log ends at {next - 1}: it has lost records. Restore the log.");
            var version = versions.GetValueOrDefault(head.Partition, -1);
            if (head.PublishedPosition > version)
                yield return FormattableString.Invariant(
                    $"Partition {head.Partition}: rows were published up to record {head.PublishedPosition}, but the analytics store ends at {version}: it has lost rows. Restore it, or count again from the log (docs/operations.md).");
        }
    }

    /// <summary>A sentence for each partition whose archive is ahead of the log: new clicks would get the numbers of archived ones.</summary>
    /// <param name="archived">By partition, the record that the archive needs next.</param>
    /// <param name="nextSequences">For each partition, the sequence number the log's next record gets.</param>
    public static IEnumerable<string> ArchiveContradictions(IReadOnlyDictionary<int, long> archived, IReadOnlyList<long> nextSequences)
    {
        foreach (var (partition, needed) in archived.OrderBy(a => a.Key))
        {
            var next = partition < nextSequences.Count ? nextSequences[partition] : 0;
            if (needed > next)
                yield return FormattableString.Invariant(
                    $"Partition {partition}: the archive holds records up to {needed - 1}, but the log ends at {next - 1}: it has lost records. Restore the log.");
        }
    }
}

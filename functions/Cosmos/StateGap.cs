using ClickFuncs.State;

namespace ClickFuncs.Functions.Cosmos;

/// <summary>Whether what is stored of a partition adds up. Pure.</summary>
public static class StateGap
{
    /// <summary>The first contradiction between a head and the deltas after its snapshot, or null.</summary>
    public static string? Find(PartitionHead head, IReadOnlyList<StoredDelta> deltas)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(deltas);
        var expected = head.SnapshotPosition + 1;
        foreach (var delta in deltas)
        {
            if (delta.FirstSequence != expected)
                return $"Partition {head.Partition} has a delta from {delta.FirstSequence} where one from {expected} must follow; restore the container to a time before, or begin the partition anew from the log.";
            expected = delta.LastSequence + 1;
        }

        return expected == head.Position + 1
            ? null
            : $"Partition {head.Partition} is committed up to {head.Position}, but its deltas end at {expected - 1}; restore the container to a time before, or begin the partition anew from the log.";
    }
}

namespace ClickFuncs.State;

/// <summary>Everything needed to rebuild a partition's memory: newest snapshot, then the deltas after it in order.</summary>
/// <param name="Head">The head as of now.</param>
/// <param name="Snapshot">State as of <see cref="PartitionHead.SnapshotPosition"/>; empty without a snapshot.</param>
/// <param name="Deltas">Deltas after the snapshot, ascending and contiguous up to <see cref="PartitionHead.Position"/>.</param>
public sealed record PartitionRecovery(PartitionHead Head, ReadOnlyMemory<byte> Snapshot, IReadOnlyList<StoredDelta> Deltas);

/// <summary>The delta of one commit.</summary>
/// <param name="FirstSequence">First sequence number it covers.</param>
/// <param name="LastSequence">Last sequence number it covers.</param>
/// <param name="Delta">What <see cref="PartitionCommit.Delta"/> held.</param>
public sealed record StoredDelta(long FirstSequence, long LastSequence, ReadOnlyMemory<byte> Delta);

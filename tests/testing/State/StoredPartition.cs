using ClickFuncs.State;

namespace ClickFuncs.Testing.State;

/// <summary>What <see cref="InMemoryPartitionStateStore"/> keeps of a partition. Borrowed memory is copied.</summary>
internal sealed class StoredPartition(int partition)
{
    public PartitionHead Head { get; set; } = new() { Partition = partition };

    public ReadOnlyMemory<byte> Snapshot { get; private set; }

    public List<StoredDelta> Deltas { get; } = [];

    public List<SideOutput> SideOutputs { get; } = [];

    public void Commit(PartitionCommit commit, bool isFenced)
    {
        if (isFenced && commit.FirstSequence != Head.Position + 1)
            throw new CommitConflictException(
                $"Partition {Head.Partition} is committed up to {Head.Position}; a commit from {commit.FirstSequence} does not follow it.");
        Deltas.Add(new StoredDelta(commit.FirstSequence, commit.LastSequence, commit.Delta.ToArray()));
        SideOutputs.AddRange(commit.SideOutputs.Select(output => output with { Record = output.Record.ToArray() }));
        Head = Head with
        {
            Position = commit.LastSequence,
            WatermarkMs = commit.WatermarkMs,
            CommittedAtMs = commit.CommittedAtMs,
            Counters = commit.Counters,
        };
    }

    public void MarkPublished(long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, Head.Position);
        Head = Head with { PublishedPosition = Math.Max(Head.PublishedPosition, sequence) };
    }

    public void SaveSnapshot(long sequence, ReadOnlyMemory<byte> snapshot)
    {
        var endsACommit = sequence >= 0 && (sequence == Head.SnapshotPosition || Deltas.Exists(delta => delta.LastSequence == sequence));
        if (!endsACommit || sequence > Head.PublishedPosition)
            throw new CommitConflictException(
                $"Partition {Head.Partition} is published up to {Head.PublishedPosition} and has a snapshot of {Head.SnapshotPosition}; none can be taken of {sequence}.");
        Snapshot = snapshot.ToArray();
        Deltas.RemoveAll(delta => delta.LastSequence <= sequence);
        Head = Head with { SnapshotPosition = sequence };
    }
}

using ClickFuncs.State;

namespace ClickFuncs.Testing.State;

/// <summary>
/// The state store as plain objects, for simulations: it survives the "crash" of whoever uses it, and passes the same
/// contract suite as the real ones. Each operation happens at one moment, between its two steps.
/// </summary>
public sealed class InMemoryPartitionStateStore : IPartitionStateStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, StoredPartition> _partitions = [];

    /// <summary>Called with the step (see <see cref="StateStep"/>) and the partition; throw
    /// <see cref="SimulatedCrashException"/> to die there.</summary>
    public Func<string, int, ValueTask> AtStep { get; set; } = (_, _) => ValueTask.CompletedTask;

    /// <summary>Whether stale owners are refused. Only a test of tests leaves that out.</summary>
    public bool IsFenced { get; init; } = true;

    /// <summary>What a new owner is told; only a test of tests changes it.</summary>
    public Func<PartitionRecovery, PartitionRecovery> OnRecovery { get; set; } = recovery => recovery;

    /// <summary>The head of each partition that was ever owned.</summary>
    public IReadOnlyDictionary<int, PartitionHead> Heads
    {
        get
        {
            lock (_lock)
                return _partitions.ToDictionary(entry => entry.Key, entry => entry.Value.Head);
        }
    }

    public async ValueTask<PartitionLease> AcquireAsync(int partition, string owner, CancellationToken cancellationToken)
    {
        await BeforeAsync(StateStep.BeforeAcquire, partition, cancellationToken);
        PartitionLease lease;
        lock (_lock)
        {
            if (!_partitions.TryGetValue(partition, out var stored))
                _partitions.Add(partition, stored = new StoredPartition(partition));
            stored.Head = stored.Head with { FencingToken = stored.Head.FencingToken + 1, Owner = owner };
            lease = new PartitionLease(partition, stored.Head.FencingToken);
        }

        await AtStep(StateStep.AfterAcquire, partition);
        return lease;
    }

    public async ValueTask<PartitionRecovery> RecoverAsync(PartitionLease lease, CancellationToken cancellationToken)
    {
        await BeforeAsync(StateStep.BeforeRecover, lease.Partition, cancellationToken);
        PartitionRecovery recovery;
        lock (_lock)
        {
            var stored = Owned(lease);
            recovery = new PartitionRecovery(stored.Head, stored.Snapshot, [.. stored.Deltas]);
        }

        await AtStep(StateStep.AfterRecover, lease.Partition);
        return OnRecovery(recovery);
    }

    public async ValueTask CommitAsync(PartitionLease lease, PartitionCommit commit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(commit.FirstSequence);
        ArgumentOutOfRangeException.ThrowIfLessThan(commit.LastSequence, commit.FirstSequence);
        await BeforeAsync(StateStep.BeforeCommit, lease.Partition, cancellationToken);
        lock (_lock)
            Owned(lease).Commit(commit, IsFenced);
        await AtStep(StateStep.AfterCommit, lease.Partition);
    }

    public async ValueTask MarkPublishedAsync(PartitionLease lease, long sequence, CancellationToken cancellationToken)
    {
        await BeforeAsync(StateStep.BeforeMarkPublished, lease.Partition, cancellationToken);
        lock (_lock)
            Owned(lease).MarkPublished(sequence);
        await AtStep(StateStep.AfterMarkPublished, lease.Partition);
    }

    public async ValueTask SaveSnapshotAsync(
        PartitionLease lease, long sequence, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken)
    {
        await BeforeAsync(StateStep.BeforeSnapshot, lease.Partition, cancellationToken);
        lock (_lock)
            Owned(lease).SaveSnapshot(sequence, snapshot);
        await AtStep(StateStep.AfterSnapshot, lease.Partition);
    }

    public ValueTask<IReadOnlyList<PartitionHead>> ListHeadsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult<IReadOnlyList<PartitionHead>>([.. _partitions.Values.Select(stored => stored.Head)]);
    }

    public ValueTask<IReadOnlyList<SideOutput>> ReadSideOutputsAsync(
        int partition, SideOutputKind kind, long fromSequence, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var all = _partitions.TryGetValue(partition, out var stored) ? stored.SideOutputs : [];
            var asked = all.Where(output => output.Kind == kind && output.Sequence >= fromSequence);
            return ValueTask.FromResult<IReadOnlyList<SideOutput>>([.. asked.OrderBy(output => output.Sequence).Take(limit)]);
        }
    }

    private ValueTask BeforeAsync(string step, int partition, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return AtStep(step, partition);
    }

    private StoredPartition Owned(PartitionLease lease) =>
        _partitions.TryGetValue(lease.Partition, out var stored) && (stored.Head.FencingToken == lease.FencingToken || !IsFenced)
            ? stored
            : throw new StaleOwnerException(lease.Partition, lease.FencingToken);
}

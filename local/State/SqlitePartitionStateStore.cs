using ClickFuncs.State;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.State;

/// <summary>
/// Partition state on one machine: heads, deltas and side outputs in <c>state.db</c>, snapshots as files beside it. A
/// commit is one SQLite transaction, synced before it returns. Several processes may open the same folder: the fencing
/// tokens lie in the file, so that only the newest owner of a partition commits, whichever process it is in.
/// </summary>
internal sealed partial class SqlitePartitionStateStore : IPartitionStateStore, IAsyncDisposable
{
    private readonly SqliteStateFile _file;
    private readonly SnapshotFiles _snapshots;
    private readonly ILogger _logger;
    private readonly StateWriter _writer;
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Opens the folder, and makes what is missing in it.</summary>
    /// <exception cref="StateCorruptException">The state has a newer format, or is none.</exception>
    public SqlitePartitionStateStore(SqliteStateOptions options, ILogger<SqlitePartitionStateStore> logger)
    {
        _logger = logger;
        _file = new SqliteStateFile(options);
        _snapshots = new SnapshotFiles(_file.SnapshotDirectory);
        _writer = _file.OpenWriter();
    }

    /// <inheritdoc/>
    public async ValueTask<PartitionLease> AcquireAsync(int partition, string owner, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partition);
        using var turn = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        var (lease, snapshot) = _writer.Acquire(partition, owner);
        RemoveSuperseded(snapshot, lease.FencingToken);
        LogAcquired(partition, owner, lease.FencingToken);
        return lease;
    }

    /// <inheritdoc/>
    public async ValueTask<PartitionRecovery> RecoverAsync(PartitionLease lease, CancellationToken cancellationToken)
    {
        // On the pool, since the partitions of a starting host recover side by side and SQLite reads block.
        var (head, snapshotName, deltas) = await Task.Run(() => ReadCommitted(lease), cancellationToken).ConfigureAwait(false);
        if (head.SnapshotPosition < 0)
            return new PartitionRecovery(head, ReadOnlyMemory<byte>.Empty, deltas);
        try
        {
            var snapshot = await _snapshots.ReadAsync(snapshotName, cancellationToken).ConfigureAwait(false);
            return new PartitionRecovery(head, snapshot, deltas);
        }
        catch (StateCorruptException) when (!IsCurrent(lease))
        {
            // A new owner took a snapshot of its own and removed this one.
            throw new StaleOwnerException(lease.Partition, lease.FencingToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask CommitAsync(PartitionLease lease, PartitionCommit commit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(commit.FirstSequence);
        ArgumentOutOfRangeException.ThrowIfLessThan(commit.LastSequence, commit.FirstSequence);
        using var turn = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        _writer.Commit(lease, commit);
    }

    /// <inheritdoc/>
    public async ValueTask MarkPublishedAsync(PartitionLease lease, long sequence, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        _writer.MarkPublished(lease, sequence);
    }

    /// <inheritdoc/>
    public async ValueTask SaveSnapshotAsync(
        PartitionLease lease, long sequence, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken)
    {
        var name = new SnapshotName(lease.Partition, sequence, lease.FencingToken);
        using (await TakeTurnAsync(cancellationToken).ConfigureAwait(false))
            _writer.CheckSnapshot(lease, sequence);
        await _snapshots.WriteAsync(name, snapshot, cancellationToken).ConfigureAwait(false);
        using (await TakeTurnAsync(cancellationToken).ConfigureAwait(false))
            _writer.NameSnapshot(lease, sequence);
        RemoveSuperseded(name, lease.FencingToken);
        await DeleteCoveredDeltasAsync(lease.Partition, cancellationToken).ConfigureAwait(false);
        LogSnapshot(lease.Partition, sequence, snapshot.Length);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PartitionHead>> ListHeadsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = _file.OpenReader();
        return ValueTask.FromResult<IReadOnlyList<PartitionHead>>(reader.ReadHeads().ConvertAll(found => found.Head));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SideOutput>> ReadSideOutputsAsync(
        int partition, SideOutputKind kind, long fromSequence, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = _file.OpenReader();
        return ValueTask.FromResult<IReadOnlyList<SideOutput>>(reader.ReadSideOutputs(partition, kind, fromSequence, limit));
    }

    /// <summary>Checks everything that is stored, while others may be committing.</summary>
    /// <returns>A sentence per finding; none when all is well.</returns>
    public ValueTask<IReadOnlyList<string>> VerifyAsync(CancellationToken cancellationToken) =>
        new StateVerifier(_file, _snapshots).VerifyAsync(cancellationToken);

    /// <summary>Waits for the write that is under way and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        _writer.Dispose();
        _writing.Dispose();
    }

    private (PartitionHead Head, SnapshotName Snapshot, List<StoredDelta> Deltas) ReadCommitted(PartitionLease lease)
    {
        try
        {
            using var reader = _file.OpenReader();
            if (reader.ReadHead(lease.Partition) is not var (head, snapshotToken) || head.FencingToken != lease.FencingToken)
                throw new StaleOwnerException(lease.Partition, lease.FencingToken);
            var deltas = reader.ReadDeltas(lease.Partition, head.SnapshotPosition);
            if (StateRecovery.FindGap(head, deltas) is { } gap)
                throw new StateCorruptException(gap);
            return (head, new SnapshotName(lease.Partition, head.SnapshotPosition, snapshotToken), deltas);
        }
        catch (SqliteException failure) when (SqliteStateFile.IsDamage(failure))
        {
            throw _file.Corrupt(failure);
        }
    }

    private bool IsCurrent(PartitionLease lease)
    {
        using var reader = _file.OpenReader();
        return reader.ReadHead(lease.Partition)?.Head.FencingToken == lease.FencingToken;
    }

    // In turns, so that commits of other partitions go on meanwhile.
    private async ValueTask DeleteCoveredDeltasAsync(int partition, CancellationToken cancellationToken)
    {
        bool more;
        do
        {
            using var turn = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
            more = _writer.DeleteCoveredDeltas(partition);
        }
        while (more);
    }

    // The snapshot stands whether or not old files go away; what stays is tried again with the next one.
    private void RemoveSuperseded(SnapshotName current, long ownToken)
    {
        try
        {
            var removed = _snapshots.RemoveSuperseded(current, ownToken);
            if (removed > 0)
                LogRemoved(current.Partition, removed);
        }
        catch (IOException failure)
        {
            LogNotRemoved(failure, current.Partition);
        }
    }

    private async ValueTask<Turn> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(_writing);
    }

    private readonly struct Turn(SemaphoreSlim writing) : IDisposable
    {
        public void Dispose() => writing.Release();
    }
}

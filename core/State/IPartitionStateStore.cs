namespace ClickFuncs.State;

/// <summary>
/// Port: durable state of the partition processors. State and log position commit together, and only the newest owner
/// can commit (R14). Embedded: SQLite. Azure: Cosmos DB.
/// </summary>
public interface IPartitionStateStore
{
    /// <summary>Takes the partition over: raises its fencing token durably, so that every earlier owner's commits fail from now on.</summary>
    ValueTask<PartitionLease> AcquireAsync(int partition, string owner, CancellationToken cancellationToken);

    /// <summary>Reads what is committed. Call it after <see cref="AcquireAsync"/>: before it, a former owner may still be committing.</summary>
    /// <exception cref="StaleOwnerException">Somebody else has acquired the partition since.</exception>
    /// <exception cref="StateCorruptException">What is stored contradicts itself or fails its checksum.</exception>
    ValueTask<PartitionRecovery> RecoverAsync(PartitionLease lease, CancellationToken cancellationToken);

    /// <summary>Makes one commit unit durable, all or nothing.</summary>
    /// <exception cref="StaleOwnerException">Somebody else has acquired the partition; nothing was written.</exception>
    /// <exception cref="CommitConflictException">The head is not at <c>FirstSequence - 1</c>; nothing was written.</exception>
    ValueTask CommitAsync(PartitionLease lease, PartitionCommit commit, CancellationToken cancellationToken);

    /// <summary>Records that all rows up to <paramref name="sequence"/> are published. Never moves backwards, never past the position.</summary>
    /// <exception cref="StaleOwnerException">Somebody else has acquired the partition.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sequence"/> is not committed yet.</exception>
    ValueTask MarkPublishedAsync(PartitionLease lease, long sequence, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a snapshot as of <paramref name="sequence"/> and drops the deltas it covers. Only what is published may be
    /// covered, since the outbox is read from the deltas.
    /// </summary>
    /// <exception cref="StaleOwnerException">Somebody else has acquired the partition; the earlier snapshot stays.</exception>
    /// <exception cref="CommitConflictException"><paramref name="sequence"/> is past the published position, or no commit ends there.</exception>
    ValueTask SaveSnapshotAsync(PartitionLease lease, long sequence, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken);

    /// <summary>The heads of all partitions ever acquired, by partition.</summary>
    ValueTask<IReadOnlyList<PartitionHead>> ListHeadsAsync(CancellationToken cancellationToken);

    /// <summary>Side outputs of one kind in a partition, ascending by sequence number, from <paramref name="fromSequence"/> on, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<SideOutput>> ReadSideOutputsAsync(
        int partition, SideOutputKind kind, long fromSequence, int limit, CancellationToken cancellationToken);
}

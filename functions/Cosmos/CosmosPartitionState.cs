using System.Globalization;
using ClickFuncs.Functions.Documents;
using ClickFuncs.Lake;
using ClickFuncs.State;

namespace ClickFuncs.Functions.Cosmos;

/// <summary>
/// Partition state on Cosmos DB. All documents of a partition have one partition key; a commit is one batch that replaces the head under
/// its ETag and adds a delta, so a former owner's commit fails whole. Snapshots lie in the lake under a name that says whose they are.
/// </summary>
/// <param name="documents">The container.</param>
/// <param name="lake">Where snapshots lie.</param>
/// <param name="partitionCount">Partitions of the log.</param>
public sealed class CosmosPartitionState(IDocuments documents, ILake lake, int partitionCount) : IPartitionStateStore
{
    private readonly HeadCache _heads = new(documents);

    /// <inheritdoc/>
    public async ValueTask<PartitionLease> AcquireAsync(int partition, string owner, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partition);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var found = await _heads.ReadAsync(partition, cancellationToken);
            var before = found?.Document ?? HeadDocument.Of(partition);
            var after = before with { Head = before.Head with { FencingToken = before.Head.FencingToken + 1, Owner = owner } };
            if (await TryWriteHeadAsync(found?.ETag, after, [], cancellationToken))
                return new PartitionLease(partition, after.Head.FencingToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<PartitionRecovery> RecoverAsync(PartitionLease lease, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (document, etag) = Owned(lease, await _heads.ReadAsync(lease.Partition, cancellationToken));
            var (recovery, problem) = await ReadAsync(document, cancellationToken);
            if (problem is null)
                return recovery;
            // Between head and deltas somebody may have written: then the head tells.
            if (Owned(lease, await _heads.ReadAsync(lease.Partition, cancellationToken)).ETag == etag)
                throw new StateCorruptException(problem);
        }
    }

    /// <inheritdoc/>
    public async ValueTask CommitAsync(PartitionLease lease, PartitionCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        ArgumentOutOfRangeException.ThrowIfNegative(commit.FirstSequence);
        ArgumentOutOfRangeException.ThrowIfLessThan(commit.LastSequence, commit.FirstSequence);
        var bodies = CommitDocuments.Of(lease, commit);
        IReadOnlyList<DocumentWrite>? writes = null;
        await ChangeAsync(
            lease,
            async head =>
            {
                if (commit.FirstSequence != head.Head.Position + 1)
                    throw new CommitConflictException($"Partition {lease.Partition} is committed up to {head.Head.Position}; a commit from {commit.FirstSequence} does not follow it.");
                writes ??= await WriteBodiesAsync(bodies, cancellationToken);
                return head with
                {
                    Head = head.Head with
                    {
                        Position = commit.LastSequence,
                        WatermarkMs = commit.WatermarkMs,
                        CommittedAtMs = commit.CommittedAtMs,
                        Counters = commit.Counters,
                    },
                };
            },
            () => writes!,
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask MarkPublishedAsync(PartitionLease lease, long sequence, CancellationToken cancellationToken) => await ChangeAsync(
        lease,
        head =>
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, head.Head.Position);
            return Task.FromResult(head with { Head = head.Head with { PublishedPosition = Math.Max(head.Head.PublishedPosition, sequence) } });
        },
        () => [],
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SaveSnapshotAsync(PartitionLease lease, long sequence, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken)
    {
        string? former = null;
        var own = SnapshotPath(lease.Partition, sequence, lease.FencingToken);
        await ChangeAsync(
            lease,
            async head =>
            {
                await RequireSnapshotAsync(head, sequence, cancellationToken);
                // Of one owner and position there is one state, so a file that is there already is this one.
                await lake.CreateAsync(own, snapshot, cancellationToken);
                former = head.Head.SnapshotPosition < 0 ? null : SnapshotPath(lease.Partition, head.Head.SnapshotPosition, head.SnapshotToken);
                return head with { Head = head.Head with { SnapshotPosition = sequence }, SnapshotToken = lease.FencingToken };
            },
            () => [],
            cancellationToken);
        if (former is not null && former != own)
            await lake.DeleteAsync(former, cancellationToken);
        var pk = HeadDocument.PkOf(lease.Partition);
        await Bodies.DeleteRangeAsync(documents, pk, "d:", CommitDocuments.DeltaId(sequence + 1), cancellationToken);
        await Bodies.DeleteRangeAsync(documents, pk, "p:", CommitDocuments.DeltaPartsId(sequence + 1), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<PartitionHead>> ListHeadsAsync(CancellationToken cancellationToken)
    {
        // Point reads: a unit each, where a query over all partitions costs several per partition.
        var heads = new List<PartitionHead>();
        foreach (var some in Enumerable.Range(0, partitionCount).Chunk(32))
        {
            var found = await Task.WhenAll(some.Select(partition =>
                documents.FindAsync(HeadDocument.PkOf(partition), HeadDocument.HeadId, cancellationToken)));
            heads.AddRange(found.OfType<StoredDocument>().Select(document => document.Read(DocumentJson.Default.HeadDocument).Head));
        }

        return heads;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SideOutput>> ReadSideOutputsAsync(
        int partition, SideOutputKind kind, long fromSequence, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        const int Page = 16;
        var (pk, end) = (HeadDocument.PkOf(partition), CommitDocuments.SideId(kind, long.MaxValue));
        var outputs = new List<SideOutput>();
        for (var from = CommitDocuments.SideId(kind, Math.Max(0, fromSequence)); outputs.Count < limit;)
        {
            var found = await documents.RangeAsync(pk, from, end, Page, cancellationToken);
            foreach (var document in found.Select(stored => stored.Read(DocumentJson.Default.BodyDocument)))
            {
                var packed = await Bodies.ReadAsync(documents, document, cancellationToken)
                    ?? throw new StateCorruptException($"Side outputs of partition {partition} that end at {document.Last} lack a part; restore the container to a time before.");
                outputs.AddRange(SideOutputEntry.Unpack(packed, kind).Where(output => output.Sequence >= fromSequence));
                from = CommitDocuments.SideId(kind, document.Last + 1);
            }

            if (found.Count < Page)
                break;
        }

        return [.. outputs.Take(limit)];
    }

    // Replaces the head by what is made of it, together with other writes, as often as somebody of the same owner came between.
    private async Task ChangeAsync(
        PartitionLease lease, Func<HeadDocument, Task<HeadDocument>> change, Func<IReadOnlyList<DocumentWrite>> others, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = Owned(lease, await _heads.FindAsync(lease.Partition, cancellationToken));
        while (true)
        {
            var after = await change(found.Document);
            if (await TryWriteHeadAsync(found.ETag, after, others(), cancellationToken))
                return;
            found = Owned(lease, await _heads.ReadAsync(lease.Partition, cancellationToken));
        }
    }

    private async Task<bool> TryWriteHeadAsync(string? etag, HeadDocument head, IReadOnlyList<DocumentWrite> others, CancellationToken cancellationToken)
    {
        var write = etag is null
            ? DocumentWrite.Create(HeadDocument.HeadId, head, DocumentJson.Default.HeadDocument)
            : DocumentWrite.Replace(HeadDocument.HeadId, head, DocumentJson.Default.HeadDocument, etag);
        _heads.Forget(head.Head.Partition);
        if (await documents.WriteAsync(head.Pk, [write, .. others], cancellationToken) is not { } etags)
            return false;
        _heads.Note(head, etags[0]);
        return true;
    }

    private async Task<IReadOnlyList<DocumentWrite>> WriteBodiesAsync(CommitDocuments bodies, CancellationToken cancellationToken)
    {
        var writes = new List<DocumentWrite>();
        foreach (var (document, bytes, parts) in bodies.Documents)
        {
            var whole = bodies.Length <= documents.MaxRawBytes
                ? document with { Body = bytes.ToArray() }
                : await Bodies.WritePartsAsync(documents, document, bytes, parts, cancellationToken);
            writes.Add(DocumentWrite.Create(whole.Id, whole, DocumentJson.Default.BodyDocument));
        }

        return writes;
    }

    private async Task<(PartitionRecovery Recovery, string? Problem)> ReadAsync(HeadDocument document, CancellationToken cancellationToken)
    {
        var head = document.Head;
        var deltas = new List<StoredDelta>();
        for (var from = CommitDocuments.DeltaId(head.SnapshotPosition + 1); ;)
        {
            var found = await documents.RangeAsync(document.Pk, from, "d;", DocumentLimits.MaxWrites, cancellationToken);
            foreach (var stored in found.Select(stored => stored.Read(DocumentJson.Default.BodyDocument)))
            {
                if (await Bodies.ReadAsync(documents, stored, cancellationToken) is not { } delta)
                    return (null!, $"The delta of partition {head.Partition} that ends at {stored.Last} lacks a part; restore the container to a time before, or begin the partition anew from the log.");
                deltas.Add(new StoredDelta(stored.First, stored.Last, delta));
                from = CommitDocuments.DeltaId(stored.Last + 1);
            }

            if (found.Count < DocumentLimits.MaxWrites)
                break;
        }

        if (StateGap.Find(head, deltas) is { } gap)
            return (null!, gap);
        if (head.SnapshotPosition < 0)
            return (new PartitionRecovery(head, ReadOnlyMemory<byte>.Empty, deltas), null);
        var path = SnapshotPath(head.Partition, head.SnapshotPosition, document.SnapshotToken);
        try
        {
            return (new PartitionRecovery(head, await ReadWholeAsync(path, cancellationToken), deltas), null);
        }
        catch (LakeFileMissingException)
        {
            return (null!, $"The snapshot {path} of partition {head.Partition} is gone; restore it, or begin the partition anew from the log.");
        }
    }

    private async Task<byte[]> ReadWholeAsync(string path, CancellationToken cancellationToken)
    {
        await using var source = await lake.OpenReadAsync(path, cancellationToken);
        using var whole = new MemoryStream();
        await source.CopyToAsync(whole, cancellationToken);
        return whole.ToArray();
    }

    private async Task RequireSnapshotAsync(HeadDocument document, long sequence, CancellationToken cancellationToken)
    {
        var head = document.Head;
        var endsACommit = sequence >= 0 && (sequence == head.SnapshotPosition
            || await documents.FindAsync(document.Pk, CommitDocuments.DeltaId(sequence), cancellationToken) is not null);
        if (!endsACommit || sequence > head.PublishedPosition)
            throw new CommitConflictException($"Partition {head.Partition} is published up to {head.PublishedPosition} and has a snapshot of {head.SnapshotPosition}; none can be taken of {sequence}.");
    }

    private static (HeadDocument Document, string ETag) Owned(PartitionLease lease, (HeadDocument Document, string ETag)? found) =>
        found is { } head && head.Document.Head.FencingToken == lease.FencingToken ? head : throw new StaleOwnerException(lease.Partition, lease.FencingToken);

    private static string SnapshotPath(int partition, long sequence, long token) =>
        string.Create(CultureInfo.InvariantCulture, $"state/{partition:D4}/{sequence:D19}-{token:D10}.snapshot");
}

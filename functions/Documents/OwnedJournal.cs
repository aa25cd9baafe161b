using System.Globalization;

namespace ClickFuncs.Functions.Documents;

/// <summary>
/// A state that one owner at a time changes, step by step: a head with a fencing token, a snapshot, and an entry per step after it. A step
/// costs two documents, however much the state holds. Entries and snapshots may be of any size. Not thread-safe for one owner.
/// </summary>
/// <param name="documents">The container.</param>
/// <param name="name">Its partition key.</param>
public sealed class OwnedJournal(IDocuments documents, string name)
{
    private (JournalHeadDocument Head, string ETag)? _own;

    /// <summary>Takes the journal over: every earlier owner's entries are refused from now on.</summary>
    public async Task<JournalState> TakeOverAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await FindAsync(cancellationToken);
            var head = found?.Head ?? new JournalHeadDocument { Pk = name };
            if (await TryWriteAsync(found?.ETag, head with { Token = head.Token + 1 }, [], cancellationToken))
                break;
        }

        return await ReadAsync(cancellationToken);
    }

    /// <summary>Reads it without taking it over.</summary>
    /// <exception cref="InvalidDataException">Entries are missing.</exception>
    public async Task<JournalState> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await FindAsync(cancellationToken) is not var (head, etag))
                return new JournalState(0, 0, null, []);
            if (await TryReadAsync(head, cancellationToken) is { } state)
                return state;
            // Somebody took a snapshot meanwhile: then the head is another.
            if (await FindAsync(cancellationToken) is { } again && again.ETag == etag)
                throw new InvalidDataException($"The journal '{name}' lacks entries up to {head.Last}; restore the container to a time before.");
        }
    }

    /// <summary>Adds an entry durably.</summary>
    /// <returns>Whether it was added; false when somebody else has taken over.</returns>
    public async Task<bool> AppendAsync(long token, ReadOnlyMemory<byte> entry, CancellationToken cancellationToken)
    {
        if (await OwnAsync(token, cancellationToken) is not var (head, etag))
            return false;
        return await AppendAsync(head, etag, entry, token, cancellationToken);
    }

    private async Task<bool> AppendAsync(
        JournalHeadDocument head, string? etag, ReadOnlyMemory<byte> entry, long writer, CancellationToken cancellationToken)
    {
        var number = head.Last + 1;
        var body = new BodyDocument { Id = EntryId(number), Pk = name, First = number, Last = number };
        body = entry.Length <= documents.MaxRawBytes
            ? body with { Body = entry.ToArray() }
            : await Bodies.WritePartsAsync(documents, body, entry, PartsId(number, writer), cancellationToken);
        return await TryWriteAsync(etag, head with { Last = number }, [DocumentWrite.Create(body.Id, body, DocumentJson.Default.BodyDocument)], cancellationToken);
    }

    /// <summary>Number of the last entry; 0 for none.</summary>
    public async Task<long> GetLastAsync(CancellationToken cancellationToken) => (await FindAsync(cancellationToken))?.Head.Last ?? 0;

    /// <summary>Adds an entry durably, for writers that don't own the journal but decided from what it held.</summary>
    /// <param name="last">Number of the last entry that the writer has seen.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="cancellationToken">Stops before it is added.</param>
    /// <returns>Whether it was added; false when there are further entries.</returns>
    public async Task<bool> AppendAfterAsync(long last, ReadOnlyMemory<byte> entry, CancellationToken cancellationToken)
    {
        var found = await FindAsync(cancellationToken);
        var head = found?.Head ?? new JournalHeadDocument { Pk = name };
        if (head.Last != last)
            return false;
        // A writer's own name for its parts: several may write the same number.
        return await AppendAsync(head, found?.ETag, entry, BitConverter.ToInt64(Guid.NewGuid().ToByteArray()) & long.MaxValue, cancellationToken);
    }

    /// <summary>Entries after a number; null when a snapshot has swallowed some of them: then read all.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>?> ReadAfterAsync(long last, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not var (head, _))
            return [];
        if (head.Snapshot is { } snapshot && snapshot.Last > last)
            return null;
        return (await TryReadAsync(head with { Snapshot = new BodyDocument { Id = "", Pk = name, Last = last, Body = [] } }, cancellationToken))?.Entries;
    }

    /// <summary>Stores what all entries come to, and drops them.</summary>
    /// <returns>Whether it was stored; false when somebody else has taken over.</returns>
    public async Task<bool> SaveSnapshotAsync(long token, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken) =>
        await OwnAsync(token, cancellationToken) is var (head, etag) && await SaveSnapshotAsync(head, etag, snapshot, token, cancellationToken);

    /// <summary>Stores what entries up to a number come to, and drops them, for writers that don't own the journal.</summary>
    /// <returns>Whether it was stored; false when there are further entries.</returns>
    public async Task<bool> SaveSnapshotOfAsync(long last, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken) is var (head, etag) && head.Last == last
        && await SaveSnapshotAsync(head, etag, snapshot, BitConverter.ToInt64(Guid.NewGuid().ToByteArray()) & long.MaxValue, cancellationToken);

    private async Task<bool> SaveSnapshotAsync(
        JournalHeadDocument head, string etag, ReadOnlyMemory<byte> snapshot, long writer, CancellationToken cancellationToken)
    {
        var body = new BodyDocument { Id = "snapshot", Pk = name, Last = head.Last };
        body = await Bodies.WritePartsAsync(documents, body, snapshot, string.Create(CultureInfo.InvariantCulture, $"s:{head.Last:D19}:{writer:D10}"), cancellationToken);
        if (!await TryWriteAsync(etag, head with { Snapshot = body }, [], cancellationToken))
            return false;
        await Bodies.DeleteRangeAsync(documents, name, "e:", EntryId(head.Last + 1), cancellationToken);
        await Bodies.DeleteRangeAsync(documents, name, "p:", "p:" + Bodies.Number(head.Last + 1), cancellationToken);
        await Bodies.DeleteRangeAsync(documents, name, "s:", "s:" + Bodies.Number(head.Last), cancellationToken);
        return true;
    }

    private async Task<JournalState?> TryReadAsync(JournalHeadDocument head, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? snapshot = null;
        if (head.Snapshot is { } stored)
        {
            if (await Bodies.ReadAsync(documents, stored, cancellationToken) is not { } bytes)
                return null;
            snapshot = bytes;
        }

        var entries = new List<ReadOnlyMemory<byte>>();
        for (var next = (head.Snapshot?.Last ?? 0) + 1; next <= head.Last;)
        {
            var found = await documents.RangeAsync(name, EntryId(next), EntryId(head.Last + 1), DocumentLimits.MaxWrites, cancellationToken);
            if (found.Count == 0)
                return null;
            foreach (var body in found.Select(document => document.Read(DocumentJson.Default.BodyDocument)))
            {
                if (body.Last != next++ || await Bodies.ReadAsync(documents, body, cancellationToken) is not { } bytes)
                    return null;
                entries.Add(bytes);
            }
        }

        return new JournalState(head.Token, head.Last, snapshot, entries);
    }

    private async Task<(JournalHeadDocument Head, string ETag)?> FindAsync(CancellationToken cancellationToken) =>
        await documents.FindAsync(name, JournalHeadDocument.HeadId, cancellationToken) is { } stored
            ? (stored.Read(DocumentJson.Default.JournalHeadDocument), stored.ETag)
            : null;

    private async Task<(JournalHeadDocument Head, string ETag)?> OwnAsync(long token, CancellationToken cancellationToken)
    {
        _own ??= await FindAsync(cancellationToken);
        return _own is { } own && own.Head.Token == token ? own : null;
    }

    private async Task<bool> TryWriteAsync(string? etag, JournalHeadDocument head, IReadOnlyList<DocumentWrite> others, CancellationToken cancellationToken)
    {
        // Until the answer is there nobody knows what is stored.
        _own = null;
        var write = etag is null
            ? DocumentWrite.Create(JournalHeadDocument.HeadId, head, DocumentJson.Default.JournalHeadDocument)
            : DocumentWrite.Replace(JournalHeadDocument.HeadId, head, DocumentJson.Default.JournalHeadDocument, etag);
        if (await documents.WriteAsync(name, [write, .. others], cancellationToken) is not { } etags)
            return false;
        _own = (head, etags[0]);
        return true;
    }

    private static string EntryId(long number) => "e:" + Bodies.Number(number);

    private static string PartsId(long number, long token) => string.Create(CultureInfo.InvariantCulture, $"p:{number:D19}:{token:D10}");
}

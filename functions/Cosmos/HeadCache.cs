using System.Collections.Concurrent;
using ClickFuncs.Functions.Documents;

namespace ClickFuncs.Functions.Cosmos;

/// <summary>
/// The heads this process has read or written last, with their ETags: a commit then costs one round trip. It may be behind, never
/// wrong: every write names the ETag. Thread-safe.
/// </summary>
internal sealed class HeadCache(IDocuments documents)
{
    private readonly ConcurrentDictionary<int, (HeadDocument Document, string ETag)> _heads = new();

    /// <summary>The newest head known here, else the stored one; null if nobody has acquired the partition.</summary>
    public async Task<(HeadDocument Document, string ETag)?> FindAsync(int partition, CancellationToken cancellationToken) =>
        _heads.TryGetValue(partition, out var known) ? known : await ReadAsync(partition, cancellationToken);

    /// <summary>The stored head.</summary>
    public async Task<(HeadDocument Document, string ETag)?> ReadAsync(int partition, CancellationToken cancellationToken)
    {
        _heads.TryRemove(partition, out _);
        if (await documents.FindAsync(HeadDocument.PkOf(partition), HeadDocument.HeadId, cancellationToken) is not { } stored)
            return null;
        return _heads[partition] = (stored.Read(DocumentJson.Default.HeadDocument), stored.ETag);
    }

    /// <summary>Notes a head that was written.</summary>
    public void Note(HeadDocument document, string etag) => _heads[document.Head.Partition] = (document, etag);

    /// <summary>Forgets a head: nobody knows whether it was written.</summary>
    public void Forget(int partition) => _heads.TryRemove(partition, out _);
}

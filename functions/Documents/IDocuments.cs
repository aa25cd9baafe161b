namespace ClickFuncs.Functions.Documents;

/// <summary>
/// What the stores need of Cosmos DB and of Azure Tables: JSON documents under a partition key, with ETags and batches. Behind it are thin
/// adapters that decide nothing; what decides stands on this side and is tested with a fake that has the services' rules and limits.
/// </summary>
public interface IDocuments
{
    /// <summary>Most raw bytes that go into one document as base64, with room for the rest of its batch.</summary>
    int MaxRawBytes { get; }

    /// <summary>A document, or null.</summary>
    Task<StoredDocument?> FindAsync(string partition, string id, CancellationToken cancellationToken);

    /// <summary>Documents of a partition whose id lies in [from, to), ascending by id (ordinal), at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<StoredDocument>> RangeAsync(string partition, string fromId, string toId, int limit, CancellationToken cancellationToken);

    /// <summary>Writes to one partition, all or nothing: at most <see cref="DocumentLimits.MaxWrites"/> writes.</summary>
    /// <returns>The new ETags, in the order of the writes; null when a condition of one of them does not hold, and then nothing was written.</returns>
    Task<IReadOnlyList<string>?> WriteAsync(string partition, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken);
}

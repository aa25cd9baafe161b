namespace ClickFuncs.ApiKeys;

/// <summary>Port: the API keys, durable. Embedded: SQLite. Azure: Tables.</summary>
public interface IApiKeyStore
{
    /// <summary>Keeps a new key, durably.</summary>
    /// <exception cref="InvalidOperationException">There is a key of that id already.</exception>
    ValueTask AddAsync(ApiKey key, CancellationToken cancellationToken);

    /// <summary>The key of an id, revoked or not; null when there is none. Asked at every request, and never remembered: a key that is revoked is refused at once.</summary>
    ValueTask<ApiKey?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Every key, the oldest first.</summary>
    ValueTask<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Takes a key back, durably and for good; one that is revoked keeps its time.</summary>
    /// <returns>Whether there is such a key.</returns>
    ValueTask<bool> RevokeAsync(string id, DateTimeOffset now, CancellationToken cancellationToken);
}

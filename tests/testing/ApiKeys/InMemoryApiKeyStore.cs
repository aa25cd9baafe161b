using System.Collections.Concurrent;
using ClickFuncs.ApiKeys;

namespace ClickFuncs.Testing.ApiKeys;

/// <summary>API keys that last as long as the object.</summary>
public sealed class InMemoryApiKeyStore : IApiKeyStore
{
    private readonly ConcurrentDictionary<string, ApiKey> _keys = new();

    /// <inheritdoc/>
    public ValueTask AddAsync(ApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _keys.TryAdd(key.Id, key) ? ValueTask.CompletedTask : throw new InvalidOperationException($"There is a key '{key.Id}' already.");
    }

    /// <inheritdoc/>
    public ValueTask<ApiKey?> FindAsync(string id, CancellationToken cancellationToken) => ValueTask.FromResult(_keys.GetValueOrDefault(id));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<ApiKey>>([.. _keys.Values.OrderBy(key => key.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal)]);

    /// <inheritdoc/>
    public ValueTask<bool> RevokeAsync(string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!_keys.TryGetValue(id, out var key))
            return ValueTask.FromResult(false);
        _keys.TryUpdate(id, key with { RevokedAt = key.RevokedAt ?? now }, key);
        return ValueTask.FromResult(true);
    }
}

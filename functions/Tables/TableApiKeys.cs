using ClickFuncs.ApiKeys;
using ClickFuncs.Functions.Documents;

namespace ClickFuncs.Functions.Tables;

/// <summary>API keys, a document each.</summary>
/// <param name="documents">The table.</param>
public sealed class TableApiKeys(IDocuments documents) : IApiKeyStore
{
    private const string Pk = "keys";

    /// <inheritdoc/>
    public async ValueTask AddAsync(ApiKey key, CancellationToken cancellationToken)
    {
        var document = ApiKeyDocument.Of(key, Pk);
        if (await documents.WriteAsync(Pk, [DocumentWrite.Create(key.Id, document, DocumentJson.Default.ApiKeyDocument)], cancellationToken) is null)
            throw new InvalidOperationException($"There is an API key '{key.Id}' already; make another one.");
    }

    /// <inheritdoc/>
    public async ValueTask<ApiKey?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await documents.FindAsync(Pk, id, cancellationToken))?.Read(DocumentJson.Default.ApiKeyDocument).ToKey();

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken)
    {
        const int Page = 1000;
        var keys = new List<ApiKey>();
        for (var from = "0"; ;)
        {
            var found = await documents.RangeAsync(Pk, from, "g", Page, cancellationToken);
            keys.AddRange(found.Select(document => document.Read(DocumentJson.Default.ApiKeyDocument).ToKey()));
            if (found.Count < Page)
                break;
            from = found[^1].Id + "0";
        }

        return [.. keys.OrderBy(key => key.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async ValueTask<bool> RevokeAsync(string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (await documents.FindAsync(Pk, id, cancellationToken) is { } found)
        {
            var key = found.Read(DocumentJson.Default.ApiKeyDocument);
            if (key.RevokedAt is not null)
                return true;
            var revoked = DocumentWrite.Replace(id, key with { RevokedAt = now }, DocumentJson.Default.ApiKeyDocument, found.ETag);
            if (await documents.WriteAsync(Pk, [revoked], cancellationToken) is not null)
                return true;
        }

        return false;
    }
}

using ClickFuncs.Functions.Documents;

namespace ClickFuncs.Functions.Tests.Services;

/// <summary>Documents where the process can be made to die before and after a write.</summary>
internal sealed class HookedDocuments(IDocuments inner, Action<string> atStep) : IDocuments
{
    public int MaxRawBytes => inner.MaxRawBytes;

    public Task<StoredDocument?> FindAsync(string partition, string id, CancellationToken cancellationToken) => inner.FindAsync(partition, id, cancellationToken);

    public Task<IReadOnlyList<StoredDocument>> RangeAsync(string partition, string fromId, string toId, int limit, CancellationToken cancellationToken) =>
        inner.RangeAsync(partition, fromId, toId, limit, cancellationToken);

    public async Task<IReadOnlyList<string>?> WriteAsync(string partition, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        atStep("commit");
        var etags = await inner.WriteAsync(partition, writes, cancellationToken);
        atStep("committed");
        return etags;
    }
}

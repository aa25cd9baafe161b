using System.Text.Json;
using ClickFuncs.Functions.Documents;

namespace ClickFuncs.Functions.Tests.Documents;

/// <summary>
/// The rules of Cosmos DB and Tables in memory: batches of one partition are all or nothing, ETags change with every write, and what is larger than the
/// service takes is refused. Ids sort ordinally.
/// </summary>
/// <param name="maxDocument">Most bytes of a document: 2 MB in Cosmos DB, 1 MiB in Tables.</param>
/// <param name="maxBatch">Most bytes of a batch: 2 MB in Cosmos DB, 4 MiB in Tables.</param>
internal sealed class InMemoryDocuments(int maxDocument = 2_000_000, int maxBatch = 2_000_000) : IDocuments
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SortedDictionary<string, StoredDocument>> _partitions = new(StringComparer.Ordinal);
    private int _etags;

    /// <summary>Called before each write; throw to fail there.</summary>
    public Action<string, IReadOnlyList<DocumentWrite>> BeforeWrite { get; set; } = (_, _) => { };

    /// <summary>Called after each write that was done; throw to lose its acknowledgement.</summary>
    public Action<string> AfterWrite { get; set; } = _ => { };

    public int MaxRawBytes => Math.Min(maxDocument * 6 / 10, maxBatch / 2);

    public int Writes { get; private set; }

    /// <summary>Number of documents in all partitions.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _partitions.Values.Sum(documents => documents.Count);
        }
    }

    public Task<StoredDocument?> FindAsync(string partition, string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(Of(partition).GetValueOrDefault(id));
    }

    public Task<IReadOnlyList<StoredDocument>> RangeAsync(string partition, string fromId, string toId, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<StoredDocument>>([.. Of(partition).Values
                .Where(document => string.CompareOrdinal(document.Id, fromId) >= 0 && string.CompareOrdinal(document.Id, toId) < 0).Take(limit)]);
        }
    }

    public Task<IReadOnlyList<string>?> WriteAsync(string partition, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Assert.InRange(writes.Count, 1, 100);
        Assert.True(writes.Sum(write => write.Json.Length) <= maxBatch, "The service refuses so large a batch.");
        Assert.True(writes.All(write => write.Json.Length <= maxDocument), "The service refuses so large a document.");
        Assert.Equal(writes.Count, writes.Select(write => write.Id).Distinct(StringComparer.Ordinal).Count());
        foreach (var write in writes.Where(write => write.Kind != DocumentWriteKind.Delete))
            RequireKeys(partition, write);
        BeforeWrite(partition, writes);
        IReadOnlyList<string>? etags;
        lock (_lock)
        {
            var after = new SortedDictionary<string, StoredDocument>(Of(partition), StringComparer.Ordinal);
            etags = writes.All(write => TryApply(after, write)) ? [.. writes.Select(write => after.GetValueOrDefault(write.Id)?.ETag ?? "")] : null;
            if (etags is not null)
                _partitions[partition] = after;
            Writes++;
        }

        if (etags is not null)
            AfterWrite(partition);
        return Task.FromResult(etags);
    }

    private bool TryApply(SortedDictionary<string, StoredDocument> documents, DocumentWrite write)
    {
        var before = documents.GetValueOrDefault(write.Id);
        var isAllowed = write.Kind switch
        {
            DocumentWriteKind.Create => before is null,
            DocumentWriteKind.Replace => before is not null && before.ETag == write.ETag,
            DocumentWriteKind.Delete => before is not null,
            _ => true,
        };
        if (!isAllowed)
            return false;
        if (write.Kind == DocumentWriteKind.Delete)
            documents.Remove(write.Id);
        else
            documents[write.Id] = new StoredDocument(write.Id, $"\"{++_etags}\"", write.Json.ToArray());
        return true;
    }

    // The service routes by what stands in the document, whatever the caller says.
    private static void RequireKeys(string partition, DocumentWrite write)
    {
        using var json = JsonDocument.Parse(write.Json);
        Assert.Equal(partition, json.RootElement.GetProperty("pk").GetString());
        Assert.Equal(write.Id, json.RootElement.GetProperty("id").GetString());
        RequireNoLargeNumber(json.RootElement);
        Assert.DoesNotContain(write.Id, c => c is '/' or '\\' or '?' or '#');
    }

    // Cosmos DB keeps JSON numbers as doubles.
    private static void RequireNoLargeNumber(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Number)
            Assert.InRange(element.GetDecimal(), -(1L << 53), 1L << 53);
        else if (element.ValueKind == JsonValueKind.Object)
            element.EnumerateObject().ToList().ForEach(property => RequireNoLargeNumber(property.Value));
        else if (element.ValueKind == JsonValueKind.Array)
            element.EnumerateArray().ToList().ForEach(RequireNoLargeNumber);
    }

    private SortedDictionary<string, StoredDocument> Of(string partition)
    {
        if (!_partitions.TryGetValue(partition, out var documents))
            _partitions.Add(partition, documents = new SortedDictionary<string, StoredDocument>(StringComparer.Ordinal));
        return documents;
    }
}

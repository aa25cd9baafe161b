using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using ClickFuncs.Functions.Documents;
using Microsoft.Azure.Cosmos;

namespace ClickFuncs.Functions.Cosmos;

/// <summary>Documents of one Cosmos DB container, through the stream members of the vendor's client: no serializer between, and a status instead of an exception.</summary>
/// <param name="container">The container; its partition key is <c>/pk</c>.</param>
public class CosmosDocuments(Container container) : IDocuments
{
    /// <inheritdoc/>
    /// <remarks>The service takes 2 MB in a document and in a batch.</remarks>
    public int MaxRawBytes => 1_000_000;

    /// <inheritdoc/>
    public virtual async Task<StoredDocument?> FindAsync(string partition, string id, CancellationToken cancellationToken)
    {
        using var answer = await container.ReadItemStreamAsync(id, new PartitionKey(partition), cancellationToken: cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        answer.EnsureSuccessStatusCode();
        using var content = new MemoryStream();
        await answer.Content.CopyToAsync(content, cancellationToken);
        return new StoredDocument(id, answer.Headers.ETag, content.ToArray());
    }

    /// <inheritdoc/>
    public virtual async Task<IReadOnlyList<StoredDocument>> RangeAsync(
        string partition, string fromId, string toId, int limit, CancellationToken cancellationToken)
    {
        var query = new QueryDefinition("SELECT * FROM c WHERE c.pk = @pk AND c.id >= @from AND c.id < @to ORDER BY c.id OFFSET 0 LIMIT @limit")
            .WithParameter("@pk", partition).WithParameter("@from", fromId).WithParameter("@to", toId).WithParameter("@limit", limit);
        return await QueryAsync(partition, query, cancellationToken);
    }

    /// <inheritdoc/>
    public virtual async Task<IReadOnlyList<string>?> WriteAsync(string partition, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writes);
        var batch = container.CreateTransactionalBatch(new PartitionKey(partition));
        var contents = new List<MemoryStream>(writes.Count);
        try
        {
            foreach (var write in writes)
                Add(batch, write, contents);
            using var answer = await batch.ExecuteAsync(cancellationToken);
            if (answer.IsSuccessStatusCode)
                return [.. Enumerable.Range(0, writes.Count).Select(at => answer[at].ETag ?? "")];
            return IsRefused(answer.StatusCode)
                ? null
                : throw new CosmosException($"A batch of {writes.Count} writes failed: {answer.ErrorMessage}", answer.StatusCode, 0, answer.ActivityId, answer.RequestCharge);
        }
        finally
        {
            contents.ForEach(content => content.Dispose());
        }
    }

    /// <summary>Runs a query in one partition.</summary>
    protected async Task<IReadOnlyList<StoredDocument>> QueryAsync(string partition, QueryDefinition query, CancellationToken cancellationToken)
    {
        var found = new List<StoredDocument>();
        using var pages = container.GetItemQueryStreamIterator(query, requestOptions: new QueryRequestOptions { PartitionKey = new PartitionKey(partition) });
        while (pages.HasMoreResults)
        {
            using var page = await pages.ReadNextAsync(cancellationToken);
            page.EnsureSuccessStatusCode();
            using var json = await JsonDocument.ParseAsync(page.Content, cancellationToken: cancellationToken);
            foreach (var document in json.RootElement.GetProperty("Documents").EnumerateArray())
            {
                found.Add(new StoredDocument(
                    document.GetProperty("id").GetString()!, document.GetProperty("_etag").GetString()!, JsonSerializer.SerializeToUtf8Bytes(document)));
            }
        }

        return found;
    }

    /// <summary>Whether a status says that a condition did not hold: another one was there first.</summary>
    protected static bool IsRefused(HttpStatusCode status) =>
        status is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound;

    private static void Add(TransactionalBatch batch, DocumentWrite write, List<MemoryStream> contents)
    {
        var content = MemoryMarshal.TryGetArray(write.Json, out var bytes) ? new MemoryStream(bytes.Array ?? [], bytes.Offset, bytes.Count) : new MemoryStream(write.Json.ToArray());
        contents.Add(content);
        _ = write.Kind switch
        {
            DocumentWriteKind.Create => batch.CreateItemStream(content),
            DocumentWriteKind.Replace => batch.ReplaceItemStream(write.Id, content, new TransactionalBatchItemRequestOptions { IfMatchEtag = write.ETag }),
            DocumentWriteKind.Put => batch.UpsertItemStream(content),
            _ => batch.DeleteItem(write.Id),
        };
    }
}

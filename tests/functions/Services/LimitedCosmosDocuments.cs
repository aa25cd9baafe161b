using System.Net;
using ClickFuncs.Functions.Cosmos;
using ClickFuncs.Functions.Documents;
using Microsoft.Azure.Cosmos;

namespace ClickFuncs.Functions.Tests.Services;

/// <summary>
/// Documents in an emulator that has no batches, no sorting, and answers 500 for a document that is not there. Writes of a batch go one after
/// the other, the last ones first, so that the head comes last; they are not atomic. What is shown is the rest: ETags, conflicts, paging.
/// </summary>
internal sealed class LimitedCosmosDocuments(Container container) : CosmosDocuments(container), IDisposable
{
    private readonly Container _container = container;
    private readonly SemaphoreSlim _turn = new(1, 1);

    public override async Task<StoredDocument?> FindAsync(string partition, string id, CancellationToken cancellationToken)
    {
        var query = new QueryDefinition("SELECT * FROM c WHERE c.pk = @pk AND c.id = @id").WithParameter("@pk", partition).WithParameter("@id", id);
        return (await QueryAsync(partition, query, cancellationToken)).SingleOrDefault();
    }

    public override async Task<IReadOnlyList<StoredDocument>> RangeAsync(string partition, string fromId, string toId, int limit, CancellationToken cancellationToken)
    {
        var query = new QueryDefinition("SELECT * FROM c WHERE c.pk = @pk AND c.id >= @from AND c.id < @to")
            .WithParameter("@pk", partition).WithParameter("@from", fromId).WithParameter("@to", toId);
        return [.. (await QueryAsync(partition, query, cancellationToken)).OrderBy(document => document.Id, StringComparer.Ordinal).Take(limit)];
    }

    public override async Task<IReadOnlyList<string>?> WriteAsync(string partition, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // The condition is looked at first, as the service does for the whole batch.
            foreach (var write in writes.Where(write => write.Kind == DocumentWriteKind.Replace))
            {
                if ((await FindAsync(partition, write.Id, cancellationToken))?.ETag != write.ETag)
                    return null;
            }

            var etags = new string[writes.Count];
            for (var i = writes.Count - 1; i >= 0; i--)
            {
                using var answer = await WriteAsync(new PartitionKey(partition), writes[i], cancellationToken);
                if (IsRefused(answer.StatusCode))
                    return null;
                answer.EnsureSuccessStatusCode();
                etags[i] = answer.Headers.ETag ?? "";
            }

            return etags;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<ResponseMessage> WriteAsync(PartitionKey partition, DocumentWrite write, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(write.Json.ToArray());
        return write.Kind switch
        {
            DocumentWriteKind.Create => await _container.CreateItemStreamAsync(content, partition, cancellationToken: cancellationToken),
            DocumentWriteKind.Replace => await _container.ReplaceItemStreamAsync(
                content, write.Id, partition, new ItemRequestOptions { IfMatchEtag = write.ETag }, cancellationToken),
            DocumentWriteKind.Put => await _container.UpsertItemStreamAsync(content, partition, cancellationToken: cancellationToken),
            _ => await _container.DeleteItemStreamAsync(write.Id, partition, cancellationToken: cancellationToken),
        };
    }
}

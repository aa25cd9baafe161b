using System.Globalization;
using Azure;
using Azure.Data.Tables;
using ClickFuncs.Functions.Documents;

namespace ClickFuncs.Functions.Tables;

/// <summary>
/// Documents in one Azure table: the JSON in binary columns of 64 KiB each. A batch is an entity group transaction of one partition.
/// </summary>
/// <param name="table">The table.</param>
public sealed class TableDocuments(TableClient table) : IDocuments
{
    private const int ColumnBytes = 64 * 1024;

    /// <inheritdoc/>
    /// <remarks>The service takes 1 MiB in an entity and 4 MiB in a batch.</remarks>
    public int MaxRawBytes => 600_000;

    /// <inheritdoc/>
    public async Task<StoredDocument?> FindAsync(string partition, string id, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, id, cancellationToken: cancellationToken);
        return found.HasValue ? Read(found.Value!) : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredDocument>> RangeAsync(string partition, string fromId, string toId, int limit, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {fromId} and RowKey lt {toId}");
        var found = new List<StoredDocument>();
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, Math.Min(limit, 1000), cancellationToken: cancellationToken))
        {
            if (found.Count == limit)
                break;
            found.Add(Read(entity));
        }

        return found;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>?> WriteAsync(string partition, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writes);
        try
        {
            var answer = await table.SubmitTransactionAsync([.. writes.Select(write => ActionOf(partition, write))], cancellationToken);
            return [.. answer.Value.Select(one => one.Headers.ETag?.ToString() ?? "")];
        }
        catch (RequestFailedException refusal) when (refusal.Status is 404 or 409 or 412 && refusal.ErrorCode != "TableNotFound")
        {
            // Somebody was there first: what a condition is for.
            return null;
        }
    }

    private static TableTransactionAction ActionOf(string partition, DocumentWrite write) => write.Kind switch
    {
        DocumentWriteKind.Create => new TableTransactionAction(TableTransactionActionType.Add, EntityOf(partition, write)),
        DocumentWriteKind.Replace => new TableTransactionAction(TableTransactionActionType.UpdateReplace, EntityOf(partition, write), new ETag(write.ETag!)),
        DocumentWriteKind.Put => new TableTransactionAction(TableTransactionActionType.UpsertReplace, EntityOf(partition, write)),
        _ => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, write.Id), ETag.All),
    };

    private static TableEntity EntityOf(string partition, DocumentWrite write)
    {
        var entity = new TableEntity(partition, write.Id);
        for (var from = 0; from < write.Json.Length; from += ColumnBytes)
            entity[ColumnOf(from / ColumnBytes)] = write.Json.Slice(from, Math.Min(ColumnBytes, write.Json.Length - from)).ToArray();
        return entity;
    }

    private static StoredDocument Read(TableEntity entity)
    {
        using var json = new MemoryStream();
        for (var column = 0; entity.GetBinary(ColumnOf(column)) is { } bytes; column++)
            json.Write(bytes);
        return new StoredDocument(entity.RowKey, entity.ETag.ToString(), json.ToArray());
    }

    private static string ColumnOf(int number) => string.Create(CultureInfo.InvariantCulture, $"Json{number}");
}

using System.Text.Json;
using ClickFuncs.Budgets;
using ClickFuncs.Functions.Documents;

namespace ClickFuncs.Functions.Cosmos;

/// <summary>
/// Where the budget lane shows its decisions to all instances. The last one written counts; whoever reads an old one holds campaigns back by
/// itself, since every decision says until when it may be trusted.
/// </summary>
/// <param name="documents">The container.</param>
public sealed class CosmosBoard(IDocuments documents)
{
    private const string Pk = "board";
    private const string Id = "board";

    private string _etag = "";

    /// <summary>Shows decisions.</summary>
    public async Task ShowAsync(BudgetSnapshot snapshot, CancellationToken cancellationToken)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(BoardContent.Of(snapshot), DocumentJson.Default.BoardContent);
        var body = new BodyDocument { Id = Id, Pk = Pk, Last = snapshot.DecidedAtMs };
        body = content.Length <= documents.MaxRawBytes
            ? body with { Body = content }
            : await Bodies.WritePartsAsync(documents, body with { Ttl = 300 }, content, "p:" + Bodies.Number(snapshot.DecidedAtMs), cancellationToken) with { Ttl = null };
        await documents.WriteAsync(Pk, [DocumentWrite.Put(Id, body, DocumentJson.Default.BodyDocument)], cancellationToken);
    }

    /// <summary>The newest decisions; null when they are the ones that were given last, or there are none yet.</summary>
    public async Task<BudgetSnapshot?> ReadNewerAsync(CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(Pk, Id, cancellationToken) is not { } found || found.ETag == _etag)
            return null;
        // Parts that are gone belong to a board that was replaced meanwhile: the next look finds the newer one.
        if (await Bodies.ReadAsync(documents, found.Read(DocumentJson.Default.BodyDocument), cancellationToken) is not { } content)
            return null;
        _etag = found.ETag;
        return JsonSerializer.Deserialize(content, DocumentJson.Default.BoardContent)!.ToSnapshot();
    }
}

using System.Text.Json;
using ClickFuncs.Functions.Documents;

namespace ClickFuncs.Functions.Operations;

/// <summary>Where the watch shows to all instances what it found: one document, the last one written counts.</summary>
/// <remarks>About 8 to 15 KB with 32 partitions: a write costs about 10 request units, a read 2 (docs/scale.md has the vendor's figures by size).</remarks>
/// <param name="documents">The container.</param>
public sealed class CosmosOperations(IDocuments documents)
{
    private const string Pk = "operations";
    private const string Id = "operations";

    // Parts of a content that was replaced long since.
    private const int PartsTtl = 300;

    /// <summary>What was found last; null when nobody has looked yet.</summary>
    public async Task<OperationsContent?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(Pk, Id, cancellationToken) is not { } found)
            return null;
        return await Bodies.ReadAsync(documents, found.Read(DocumentJson.Default.BodyDocument), cancellationToken) is { } content
            ? JsonSerializer.Deserialize(content, DocumentJson.Default.OperationsContent)
            : null;
    }

    /// <summary>Shows what was found.</summary>
    public async Task ShowAsync(OperationsContent content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(content, DocumentJson.Default.OperationsContent);
        var body = new BodyDocument { Id = Id, Pk = Pk, Last = content.AtMs };
        body = bytes.Length <= documents.MaxRawBytes
            ? body with { Body = bytes }
            : await Bodies.WritePartsAsync(documents, body with { Ttl = PartsTtl }, bytes, "p:" + Bodies.Number(content.AtMs), cancellationToken) with { Ttl = null };
        await documents.WriteAsync(Pk, [DocumentWrite.Put(Id, body, DocumentJson.Default.BodyDocument)], cancellationToken);
    }
}

using System.Globalization;

namespace ClickFuncs.Functions.Documents;

/// <summary>
/// Bytes as documents. Few and small ones go into the batch that makes them valid; larger ones are written before it, as parts that
/// nobody looks for until a document of the batch names them. Parts of a batch that never came are left over and harmless.
/// </summary>
public static class Bodies
{
    /// <summary>Splits a body into parts and writes them.</summary>
    /// <param name="documents">Where to.</param>
    /// <param name="body">The document that will name them, without bytes.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="parts">Beginning of the parts' ids, of this writer alone.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>The document, naming its parts.</returns>
    public static async Task<BodyDocument> WritePartsAsync(
        IDocuments documents, BodyDocument body, ReadOnlyMemory<byte> bytes, string parts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(body);
        var count = 0;
        for (var from = 0; from < bytes.Length; from += documents.MaxRawBytes)
        {
            var id = PartId(parts, count++);
            var part = body with { Id = id, Body = bytes.Slice(from, Math.Min(documents.MaxRawBytes, bytes.Length - from)).ToArray() };
            await documents.WriteAsync(body.Pk, [DocumentWrite.Put(id, part, DocumentJson.Default.BodyDocument)], cancellationToken);
        }

        return body with { Body = null, Parts = parts, Count = count };
    }

    /// <summary>The bytes of a document, wherever they lie; null when a part is missing.</summary>
    public static async Task<byte[]?> ReadAsync(IDocuments documents, BodyDocument body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(body);
        if (body.Parts is null)
            return body.Body ?? [];
        using var whole = new MemoryStream();
        for (var part = 0; part < body.Count; part++)
        {
            if (await documents.FindAsync(body.Pk, PartId(body.Parts, part), cancellationToken) is not { } found)
                return null;
            whole.Write(found.Read(DocumentJson.Default.BodyDocument).Body);
        }

        return whole.ToArray();
    }

    /// <summary>Deletes the documents of a range, in as many batches as it takes.</summary>
    public static async Task DeleteRangeAsync(IDocuments documents, string partition, string fromId, string toId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documents);
        while (await documents.RangeAsync(partition, fromId, toId, DocumentLimits.MaxWrites, cancellationToken) is { Count: > 0 } found)
        {
            // Refused when somebody else has deleted some of them; what is left is found again.
            if (await documents.WriteAsync(partition, [.. found.Select(document => DocumentWrite.Delete(document.Id))], cancellationToken) is null)
                await Task.Yield();
        }
    }

    /// <summary>A number in an id, so that ids sort as their numbers do.</summary>
    public static string Number(long number) => number.ToString("D19", CultureInfo.InvariantCulture);

    private static string PartId(string parts, int part) => string.Create(CultureInfo.InvariantCulture, $"{parts}:{part:D4}");
}

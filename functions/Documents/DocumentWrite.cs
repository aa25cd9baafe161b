using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ClickFuncs.Functions.Documents;

/// <summary>What a write does, and when it may.</summary>
public enum DocumentWriteKind
{
    /// <summary>Makes the document; there must be none of its id.</summary>
    Create,

    /// <summary>Replaces the document; it must have the ETag that is named.</summary>
    Replace,

    /// <summary>Makes or replaces the document.</summary>
    Put,

    /// <summary>Deletes the document; it must be there.</summary>
    Delete,
}

/// <summary>One write.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Id">Id of the document.</param>
/// <param name="Json">The whole document with its id and partition key, as UTF-8; empty for a deletion.</param>
/// <param name="ETag">The ETag that it must have; only of a replacement.</param>
public sealed record DocumentWrite(DocumentWriteKind Kind, string Id, ReadOnlyMemory<byte> Json, string? ETag = null)
{
    /// <summary>Makes a document.</summary>
    public static DocumentWrite Create<T>(string id, T document, JsonTypeInfo<T> type) => new(DocumentWriteKind.Create, id, Json: Bytes(document, type));

    /// <summary>Replaces a document that was read.</summary>
    public static DocumentWrite Replace<T>(string id, T document, JsonTypeInfo<T> type, string etag) => new(DocumentWriteKind.Replace, id, Bytes(document, type), etag);

    /// <summary>Makes or replaces a document.</summary>
    public static DocumentWrite Put<T>(string id, T document, JsonTypeInfo<T> type) => new(DocumentWriteKind.Put, id, Bytes(document, type));

    /// <summary>Makes a document, or replaces the one that was read.</summary>
    public static DocumentWrite Over<T>(StoredDocument? before, string id, T document, JsonTypeInfo<T> type) =>
        before is null ? Create(id, document, type) : Replace(id, document, type, before.ETag);

    /// <summary>Deletes a document.</summary>
    public static DocumentWrite Delete(string id) => new(DocumentWriteKind.Delete, id, default);

    private static byte[] Bytes<T>(T document, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(document, type);
}

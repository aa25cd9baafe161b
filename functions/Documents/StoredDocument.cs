using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ClickFuncs.Functions.Documents;

/// <summary>A document as it is stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ETag">Changes with every write of it.</param>
/// <param name="Json">The document, as UTF-8.</param>
public sealed record StoredDocument(string Id, string ETag, ReadOnlyMemory<byte> Json)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is no such document.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Json.Span, type) ?? throw new InvalidDataException($"The document '{Id}' is empty.");
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"The document '{Id}' has a form that this version doesn't read: {failure.Message}", failure);
        }
    }
}

using System.Text.Json.Serialization;

namespace ClickFuncs.Functions.Documents;

/// <summary>A document that carries bytes, or says in how many documents they lie.</summary>
public sealed record BodyDocument
{
    /// <summary>Its id.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>Partition key.</summary>
    [JsonPropertyName("pk")]
    public required string Pk { get; init; }

    /// <summary>First number it covers.</summary>
    [JsonPropertyName("first")]
    public long First { get; init; }

    /// <summary>Last number it covers.</summary>
    [JsonPropertyName("last")]
    public long Last { get; init; }

    /// <summary>The bytes; null when they lie in parts.</summary>
    [JsonPropertyName("body")]
    public byte[]? Body { get; init; }

    /// <summary>Beginning of the ids of its parts; null when it has none.</summary>
    [JsonPropertyName("parts")]
    public string? Parts { get; init; }

    /// <summary>How many parts there are.</summary>
    [JsonPropertyName("count")]
    public int Count { get; init; }

    /// <summary>Seconds after which the service deletes it; null for never.</summary>
    [JsonPropertyName("ttl")]
    [JsonNumberHandling(JsonNumberHandling.Strict)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Ttl { get; init; }
}

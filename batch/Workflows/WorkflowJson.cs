using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClickFuncs.Batch.Workflows;

/// <summary>How inputs, outputs and statuses are written: compact JSON, camelCase, enums by name, and not too large.</summary>
public static class WorkflowJson
{
    /// <summary>Largest input or output in bytes, 45 KiB: beyond it Durable Functions moves payloads out of its history, which
    /// costs a storage call per replay. What is larger belongs in the lake.</summary>
    public const int MaxPayloadBytes = 45 * 1024;

    /// <summary>Largest status in bytes, 16 KiB, as in Durable Functions.</summary>
    public const int MaxStatusBytes = 16 * 1024;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        RespectNullableAnnotations = true,
    };

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="what">What it is, to begin a sentence with.</param>
    /// <param name="maxBytes">Largest size in UTF-8.</param>
    /// <exception cref="PayloadTooLargeException">It is larger.</exception>
    public static string Write<T>(T value, string what, int maxBytes = MaxPayloadBytes)
    {
        var json = JsonSerializer.Serialize(value, Options);
        var bytes = Encoding.UTF8.GetByteCount(json);
        return bytes <= maxBytes ? json : throw new PayloadTooLargeException(what, bytes, maxBytes);
    }

    /// <summary>Reads a value back.</summary>
    /// <param name="json">What was written.</param>
    /// <param name="what">What it is, for the middle of a sentence.</param>
    /// <exception cref="NonRetryableException">It is no such value.</exception>
    public static T Read<T>(string json, string what)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options)!;
        }
        catch (JsonException failure)
        {
            throw new NonRetryableException(
                $"The journal has {what} in a form that can't be read as {typeof(T).Name}: {failure.Message} Start the run again as a new execution.", failure);
        }
    }
}

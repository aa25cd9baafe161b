using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ClickFuncs.Functions.Kusto;

/// <summary>Values as the database reads them. Pure.</summary>
public static class KustoText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>A time in UTC with milliseconds.</summary>
    public static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time that the database gave, in milliseconds since the Unix epoch.</summary>
    public static long Milliseconds(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();

    /// <summary>Texts as a JSON array of ASCII characters only.</summary>
    public static string Array(IEnumerable<string> values) => JsonSerializer.Serialize(values, Plain);

    /// <summary>Versions by partition as a JSON object.</summary>
    public static string Versions(IReadOnlyDictionary<int, long> versions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        return $"{{{string.Join(',', versions.Select(entry => string.Create(CultureInfo.InvariantCulture, $"\"{entry.Key}\":{entry.Value}")))}}}";
    }

    /// <summary>A yes or no that the database gave: as such or, in its older interface, as a number.</summary>
    internal static bool IsYes(JsonElement value) => value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.Number && value.GetInt32() != 0);

    /// <summary>A field of CSV. Quoted always: an empty text is not an absent one.</summary>
    public static string Field(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

using System.Globalization;
using System.Text.Json;

namespace ClickFuncs.Functions.Counting;

/// <summary>
/// Which partition a batch is of. The event itself does not say; the host sends it beside the batch, as JSON, in the binding data
/// <c>PartitionContext</c>.
/// </summary>
public static class TriggerPartition
{
    private const string Entry = "PartitionContext";
    private const string Property = "PartitionId";

    /// <summary>Reads the partition's number. Letter case of the names does not matter: hosts differ in it.</summary>
    /// <exception cref="InvalidDataException">It is not there. A guess would count into another partition's state, so nothing is counted.</exception>
    public static int Read(IReadOnlyDictionary<string, object?> bindingData)
    {
        ArgumentNullException.ThrowIfNull(bindingData);
        var value = bindingData.FirstOrDefault(entry => IsNamed(entry.Key, Entry)).Value;
        var id = value switch
        {
            string json => Parse(json),
            JsonElement element => Find(element),
            _ => null,
        };
        return int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            ? partition
            : throw new InvalidDataException($"The trigger's binding data have no {Entry} with a numeric {Property}; the batch is not counted.");
    }

    private static string? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Find(document.RootElement);
        }
        catch (JsonException)
        {
            // The caller says what is missing.
            return null;
        }
    }

    private static string? Find(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var property in element.EnumerateObject())
        {
            if (IsNamed(property.Name, Property))
                return property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() : property.Value.GetRawText();
        }

        return null;
    }

    private static bool IsNamed(string name, string wanted) => string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase);
}

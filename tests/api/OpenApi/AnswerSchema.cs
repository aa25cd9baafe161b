using System.Text.Json;

namespace ClickFuncs.Api.Tests.OpenApi;

/// <summary>Whether a JSON value is what a schema of the description says, with nothing beside it. Knows what the description uses of JSON Schema, no more.</summary>
internal sealed class AnswerSchema(JsonElement document)
{
    /// <summary>What is wrong with the value, each with its place.</summary>
    public IEnumerable<string> Problems(JsonElement value, JsonElement schema, string place = "$")
    {
        schema = Followed(schema);
        foreach (var choice in (string[])["oneOf", "anyOf"])
        {
            if (schema.TryGetProperty(choice, out var choices))
                return choices.EnumerateArray().Any(one => !Problems(value, one, place).Any()) ? [] : [$"{place} is none of what it may be: {value.GetRawText()}"];
        }

        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(name => Is(value, name)))
            return [$"{place} is no {type.GetRawText()}: {value.GetRawText()}"];
        return value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(value, schema, place),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) =>
                value.EnumerateArray().SelectMany((entry, number) => Problems(entry, items, $"{place}[{number}]")),
            _ => [],
        };
    }

    private IEnumerable<string> OfObject(JsonElement value, JsonElement schema, string place)
    {
        if (!schema.TryGetProperty("properties", out var known))
        {
            return schema.TryGetProperty("additionalProperties", out var all) && all.ValueKind == JsonValueKind.Object
                ? value.EnumerateObject().SelectMany(field => Problems(field.Value, all, $"{place}.{field.Name}"))
                : [];
        }

        var missing = schema.TryGetProperty("required", out var required)
            ? required.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{place}.{name} is missing")
            : [];
        return missing.Concat(value.EnumerateObject().SelectMany(field => known.TryGetProperty(field.Name, out var described)
            ? Problems(field.Value, described, $"{place}.{field.Name}")
            : [$"{place}.{field.Name} is not described"]));
    }

    private JsonElement Followed(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
            schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!["#/components/schemas/".Length..]);
        return schema;
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.GetString()!) : [type.GetString()!];

    private static bool Is(JsonElement value, string type) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => throw new InvalidDataException($"The description has a type that is none: {type}"),
    };
}

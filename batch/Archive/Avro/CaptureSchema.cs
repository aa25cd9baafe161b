using System.Text.Json;

namespace ClickFuncs.Batch.Archive.Avro;

/// <summary>
/// The layout of captured events as a file's header tells it: the order of the six fields, and of the branches of their unions, since a value
/// names its branch by index only. Any other schema is refused: it is no capture of an event hub.
/// </summary>
internal sealed class CaptureSchema
{
    /// <summary>The schema that is written: Event Hubs Capture's own.</summary>
    public const string Json =
        """{"type":"record","name":"EventData","namespace":"Microsoft.ServiceBus.Messaging","fields":[{"name":"SequenceNumber","type":"long"},{"name":"Offset","type":"string"},{"name":"EnqueuedTimeUtc","type":"string"},{"name":"SystemProperties","type":{"type":"map","values":["long","double","string","bytes"]}},{"name":"Properties","type":{"type":"map","values":["long","double","string","bytes","null"]}},{"name":"Body","type":["null","bytes"]}]}""";

    private const string FullName = "Microsoft.ServiceBus.Messaging.EventData";
    private static readonly int FieldCount = Enum.GetValues<CaptureField>().Length;

    private CaptureSchema(CaptureField[] fields, AvroType[] systemProperties, AvroType[] properties, AvroType[] body) =>
        (Fields, SystemProperties, Properties, Body) = (fields, systemProperties, properties, body);

    /// <summary>The fields in the order they are stored.</summary>
    public CaptureField[] Fields { get; }

    /// <summary>Branches of the values of the system properties.</summary>
    public AvroType[] SystemProperties { get; }

    /// <summary>Branches of the values of the application's properties.</summary>
    public AvroType[] Properties { get; }

    /// <summary>Branches of the body: bytes, and null.</summary>
    public AvroType[] Body { get; }

    /// <summary>Reads the schema of a header.</summary>
    /// <exception cref="AvroFormatException">It is not the schema of captured events; the message says where it differs.</exception>
    public static CaptureSchema Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Parse(document.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new AvroFormatException($"the schema in the header can't be read ({failure.Message.TrimEnd('.')})");
        }
    }

    private static CaptureSchema Parse(JsonElement root)
    {
        var name = root.GetProperty("name").GetString() ?? "";
        if (!name.Contains('.', StringComparison.Ordinal) && root.TryGetProperty("namespace", out var space))
            name = $"{space.GetString()}.{name}";
        if (name != FullName || root.GetProperty("type").GetString() != "record")
            throw new AvroFormatException($"the schema is of '{name}', not of a record {FullName}");
        var types = new Dictionary<CaptureField, JsonElement>();
        foreach (var field in root.GetProperty("fields").EnumerateArray())
            AddField(types, field);
        if (types.Count < FieldCount)
            throw new AvroFormatException($"the schema has no field {Enum.GetValues<CaptureField>().First(f => !types.ContainsKey(f))}");
        Require(types, CaptureField.SequenceNumber, AvroType.Long);
        Require(types, CaptureField.Offset, AvroType.String);
        Require(types, CaptureField.EnqueuedTimeUtc, AvroType.String);
        return new CaptureSchema(
            [.. types.Keys],
            Union(CaptureField.SystemProperties, ValuesOf(types, CaptureField.SystemProperties)),
            Union(CaptureField.Properties, ValuesOf(types, CaptureField.Properties)),
            BodyOf(types[CaptureField.Body]));
    }

    private static void AddField(Dictionary<CaptureField, JsonElement> types, JsonElement field)
    {
        var name = field.GetProperty("name").GetString();
        if (!Enum.TryParse<CaptureField>(name, out var known) || known.ToString() != name)
            throw new AvroFormatException($"the schema has a field '{name}', which captured events have not");
        if (!types.TryAdd(known, field.GetProperty("type")))
            throw new AvroFormatException($"the schema has the field {name} twice");
    }

    private static void Require(Dictionary<CaptureField, JsonElement> types, CaptureField field, AvroType expected)
    {
        if (TypeOf(types[field]) != expected)
            throw new AvroFormatException($"the schema's field {field} is not of type {NameOf(expected)}");
    }

    private static JsonElement ValuesOf(Dictionary<CaptureField, JsonElement> types, CaptureField field)
    {
        var type = types[field];
        return type.ValueKind == JsonValueKind.Object && type.GetProperty("type").ValueEquals("map")
            ? type.GetProperty("values")
            : throw new AvroFormatException($"the schema's field {field} is no map");
    }

    private static AvroType[] BodyOf(JsonElement type)
    {
        var branches = Union(CaptureField.Body, type);
        return branches.Contains(AvroType.Bytes) && branches.All(b => b is AvroType.Bytes or AvroType.Null)
            ? branches
            : throw new AvroFormatException("the schema's field Body is no union of null and bytes");
    }

    private static AvroType[] Union(CaptureField field, JsonElement type)
    {
        if (type.ValueKind != JsonValueKind.Array)
            throw new AvroFormatException($"the schema's field {field} has no union where captured events have one");
        AvroType[] branches = [.. type.EnumerateArray().Select(branch => TypeOf(branch)
            ?? throw new AvroFormatException($"the schema's field {field} has a union branch {branch.GetRawText()}, which captured events have not"))];
        return branches.Distinct().Count() == branches.Length
            ? branches
            : throw new AvroFormatException($"the schema's field {field} has a union with the same type twice");
    }

    // A type may also be written as an object with a name: {"type":"long"}.
    private static AvroType? TypeOf(JsonElement type) =>
        (type.ValueKind == JsonValueKind.Object ? type.GetProperty("type") : type) is { ValueKind: JsonValueKind.String } name
            ? Enum.GetValues<AvroType>().Cast<AvroType?>().FirstOrDefault(known => name.ValueEquals(NameOf(known!.Value)))
            : null;

    private static string NameOf(AvroType type) => type.ToString().ToLowerInvariant();
}

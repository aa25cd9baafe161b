using System.IO.Compression;
using System.Text;

namespace ClickFuncs.Batch.Tests.Archive;

/// <summary>Avro written down byte by byte as its specification has it, for files that the product's own writer never makes.</summary>
internal static class PlainAvro
{
    public const string Branches = """["long","double","string","bytes"]""";

    public static readonly byte[] Sync = [.. Enumerable.Range(100, 16).Select(i => (byte)i)];

    /// <summary>A schema with the fields given.</summary>
    public static string Schema(params string[] fields) =>
        $$"""{"type":"record","name":"EventData","namespace":"Microsoft.ServiceBus.Messaging","fields":[{{string.Join(',', fields)}}]}""";

    public static string Field(string name, string type) => $$"""{"name":"{{name}}","type":{{type}}}""";

    /// <summary>The schema that the documentation of Event Hubs shows.</summary>
    public static string DocumentedSchema { get; } = Schema(
        Field("SequenceNumber", "\"long\""), Field("Offset", "\"string\""), Field("EnqueuedTimeUtc", "\"string\""),
        Field("SystemProperties", $$"""{"type":"map","values":{{Branches}}}"""), Field("Properties", $$"""{"type":"map","values":{{Branches}}}"""),
        Field("Body", """["null","bytes"]"""));

    public static byte[] Long(long value)
    {
        var bytes = new List<byte>();
        for (var rest = value >= 0 ? (ulong)value * 2 : ((ulong)-(value + 1) * 2) + 1; ; rest /= 128)
        {
            if (rest < 128)
                return [.. bytes, (byte)rest];
            bytes.Add((byte)((rest % 128) + 128));
        }
    }

    public static byte[] Bytes(byte[] value) => [.. Long(value.Length), .. value];

    public static byte[] Text(string value) => Bytes(Encoding.UTF8.GetBytes(value));

    public static byte[] Real(double value) => BitConverter.GetBytes(value);

    /// <summary>A record of the documented schema; maps and body as bytes that are put in as they are.</summary>
    public static byte[] Record(long sequence, string time, byte[] systemProperties, byte[] properties, byte[] body) =>
        [.. Long(sequence), .. Text("99"), .. Text(time), .. systemProperties, .. properties, .. body];

    /// <summary>A plain record.</summary>
    public static byte[] Record(long sequence) => Record(sequence, "7/1/2026 12:00:00 AM", [0], [0], [.. Long(1), .. Text($"body {sequence}")]);

    /// <summary>A block as it is stored.</summary>
    public static byte[] Block(long count, byte[] content) => [.. Long(count), .. Long(content.Length), .. content, .. Sync];

    /// <summary>A whole file.</summary>
    public static byte[] File(string schema, string? codec, params byte[][] blocks)
    {
        byte[] metadata = codec == null
            ? [.. Long(1), .. Text("avro.schema"), .. Text(schema), 0]
            : [.. Long(2), .. Text("avro.schema"), .. Text(schema), .. Text("avro.codec"), .. Text(codec), 0];
        return [.. "Obj\u0001"u8, .. metadata, .. Sync, .. blocks.SelectMany(b => b)];
    }

    public static byte[] Deflate(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var deflating = new DeflateStream(stream, CompressionLevel.Optimal))
            deflating.Write(content);
        return stream.ToArray();
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using ClickFuncs.Batch.Archive.Avro;

namespace ClickFuncs.Batch.Tests.Archive;

/// <summary>Other implementations read what this one writes, and this one reads what they write.</summary>
public sealed class AvroInteropTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"clickfuncs-{Guid.NewGuid():N}.avro");

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(AvroCodec.Null, 1500)]
    [InlineData(AvroCodec.Deflate, 1500)]
    [InlineData(AvroCodec.Null, 0)]
    [InlineData(AvroCodec.Deflate, 0)]
    public async Task Avsc_FileThatWeWrite_ReadsTheSameValues(AvroCodec codec, int count)
    {
        var records = CaptureFiles.Random(new Random(1), count, maxBody: 500);
        await File.WriteAllBytesAsync(_file, await CaptureFiles.WriteAsync(codec, 1_000_000_000_000, records));

        var lines = await AvroTool.AvscAsync("", "read", _file);

        Assert.Equal(codec.ToString(), lines[0], ignoreCase: true);
        Assert.Equal(count, lines.Length - 1);
        for (var i = 0; i < count; i++)
        {
            var (arrivalMs, body) = records[i];
            var expected = new JsonObject
            {
                ["SequenceNumber"] = 1_000_000_000_000 + i,
                ["Offset"] = $"{1_000_000_000_000 + i}",
                ["EnqueuedTimeUtc"] = DateTimeOffset.FromUnixTimeMilliseconds(arrivalMs).ToString("M/d/yyyy h:mm:ss tt", CultureInfo.InvariantCulture),
                ["SystemProperties"] = new JsonObject { ["x-opt-enqueued-time"] = new JsonObject { ["long"] = arrivalMs } },
                ["Properties"] = new JsonObject(),
                ["Body"] = new JsonObject { ["bytes"] = new JsonObject { ["hex"] = Convert.ToHexString(body) } },
            };
            Assert.Equal(expected.ToJsonString(), JsonNode.Parse(lines[i + 1])!.ToJsonString());
        }
    }

    [AvrocatFact]
    public async Task Avrocat_FilesThatWeWrite_ReadsTheSameValues()
    {
        foreach (var codec in Enum.GetValues<AvroCodec>())
        {
            // avrocat ends a text at a zero byte, and so bytes too.
            var records = CaptureFiles.Random(new Random(2), 700, maxBody: 800).Select(r => (r.ArrivalMs, Body: r.Body.Select(b => Math.Max(b, (byte)1)).ToArray())).ToArray();
            await File.WriteAllBytesAsync(_file, await CaptureFiles.WriteAsync(codec, 5, records));

            var lines = await AvroTool.RunAsync("avrocat", "", _file);

            Assert.Equal(records.Length, lines.Length);
            for (var i = 0; i < lines.Length; i++)
                Assert.Equal($"{5 + i} {5 + i} {records[i].ArrivalMs} {Convert.ToHexString(records[i].Body)}", AvrocatLine(JsonNode.Parse(lines[i])!));
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("deflate")]
    public async Task TryRead_FileThatAvscWrites_GivesTheSameValues(string codec)
    {
        var random = new Random(3);
        List<CapturedEvent> expected = [];
        List<string> lines = [];
        for (var i = 0; i < 400; i++)
        {
            var body = new byte[random.Next(100)];
            random.NextBytes(body);
            var enqueued = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.Next(30_000_000));
            var (number, real, hasBody) = (random.NextInt64(1L << 53), random.NextDouble(), i % 5 > 0);
            expected.Add(new CapturedEvent(
                i * 7, enqueued.ToUnixTimeMilliseconds(), $"o{i}", enqueued.ToString("M/d/yyyy h:mm:ss tt", CultureInfo.InvariantCulture),
                FormattableString.Invariant($"n={number}L;r={real:R}D;"), "t='zwölf';", hasBody ? Convert.ToHexString(body) : null));
            lines.Add(new JsonObject
            {
                ["SequenceNumber"] = i * 7,
                ["Offset"] = $"o{i}",
                ["EnqueuedTimeUtc"] = expected[i].EnqueuedText,
                ["SystemProperties"] = new JsonObject { ["n"] = new JsonObject { ["long"] = number }, ["r"] = new JsonObject { ["double"] = real } },
                ["Properties"] = new JsonObject { ["t"] = new JsonObject { ["string"] = "zwölf" } },
                ["Body"] = hasBody ? new JsonObject { ["bytes"] = new JsonObject { ["hex"] = Convert.ToHexString(body) } } : null,
            }.ToJsonString());
        }

        await AvroTool.AvscAsync(string.Join('\n', lines) + "\n", "write", _file, codec, PlainAvro.DocumentedSchema);

        Assert.Equal(expected, await CapturedEvent.ReadAllAsync(await File.ReadAllBytesAsync(_file)));
    }

    // avrocat shows bytes as text whose characters are the bytes.
    private static string AvrocatLine(JsonNode line) => string.Create(
        CultureInfo.InvariantCulture,
        $"{line["SequenceNumber"]} {line["Offset"]} {line["SystemProperties"]!["x-opt-enqueued-time"]!["long"]} {Convert.ToHexString([.. ((string)line["Body"]!["bytes"]!).Select(c => (byte)c)])}");
}

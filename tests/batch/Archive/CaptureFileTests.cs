using System.Globalization;
using ClickFuncs.Batch.Archive.Avro;

namespace ClickFuncs.Batch.Tests.Archive;

public sealed class CaptureFileTests
{
    [Theory]
    [InlineData(AvroCodec.Null)]
    [InlineData(AvroCodec.Deflate)]
    public async Task TryRead_OfWrittenFile_GivesEveryRecordAsItWas(AvroCodec codec)
    {
        var records = CaptureFiles.Random(new Random(1), 3000, maxBody: 600);

        var events = await CapturedEvent.ReadAllAsync(await CaptureFiles.WriteAsync(codec, 41, records));

        Assert.Equal(records.Length, events.Count);
        for (var i = 0; i < records.Length; i++)
        {
            var (arrivalMs, body) = records[i];
            var expected = new CapturedEvent(
                41 + i, arrivalMs, $"{41 + i}", UsText(arrivalMs), $"x-opt-enqueued-time={arrivalMs}L;", "", Convert.ToHexString(body));
            Assert.Equal(expected, events[i]);
        }
    }

    [Theory]
    [InlineData(AvroCodec.Null)]
    [InlineData(AvroCodec.Deflate)]
    public async Task OpenAsync_OfFileWithoutRecords_SaysWhichRecordIsDue(AvroCodec codec)
    {
        var file = await CaptureFiles.WriteAsync(codec, 77);

        await using var reader = await CaptureFileReader.OpenAsync(new MemoryStream(file), "empty.avro", CancellationToken.None);
        Assert.Equal((77L, codec), (reader.FirstSequence, reader.Codec));
        Assert.True(await reader.ReadBlockAsync(CancellationToken.None));
        Assert.False(reader.TryRead(out _));
        Assert.False(await reader.ReadBlockAsync(CancellationToken.None));
    }

    [Fact]
    public async Task ReadBlockAsync_BeforeABlockIsReadToItsEnd_GoesOnWithTheNext()
    {
        var file = await CaptureFiles.WriteAsync(AvroCodec.Null, 0, CaptureFiles.Random(new Random(2), 2000, maxBody: 1000));
        await using var reader = await CaptureFileReader.OpenAsync(new MemoryStream(file), "blocks.avro", CancellationToken.None);

        var firsts = new List<long>();
        while (await reader.ReadBlockAsync(CancellationToken.None))
        {
            Assert.True(reader.TryRead(out var record));
            firsts.Add(record.SequenceNumber);
        }

        Assert.True(firsts.Count > 2, "The file was to have several blocks.");
        Assert.Equal(firsts.Order().Distinct(), firsts);
    }

    [Fact]
    public async Task Add_OfARecordThatIsNotDue_Throws()
    {
        var writer = await CaptureFileWriter.CreateAsync(Stream.Null, AvroCodec.Null, 5, CancellationToken.None);
        writer.Add(5, 0, []);

        Assert.Throws<ArgumentException>(() => writer.Add(7, 0, []));
    }

    [SharedCaptureFact]
    public async Task TryRead_OfFileThatCaptureWrote_GivesItsRecords()
    {
        var events = await CapturedEvent.ReadAllAsync(await File.ReadAllBytesAsync(Path.Combine(SharedCaptureFactAttribute.Folder, "cosh-54.avro")));

        Assert.Equal(Enumerable.Range(8180, 380).Select(n => (long)n), events.Select(e => e.Sequence));
        Assert.Equal("2743296", events[0].Offset);
        Assert.Equal("10/16/2017 6:18:55 PM", events[0].EnqueuedText);
        Assert.Equal(new DateTimeOffset(2017, 10, 16, 18, 18, 55, TimeSpan.Zero).ToUnixTimeMilliseconds(), events[0].EnqueuedMs);
        Assert.StartsWith("{\"ID\": 122921,", System.Text.Encoding.UTF8.GetString(Convert.FromHexString(events[0].Body!)), StringComparison.Ordinal);
    }

    [SharedCaptureFact]
    public async Task TryRead_OfEmptyFileThatCaptureWrote_GivesNone() =>
        Assert.Empty(await CapturedEvent.ReadAllAsync(await File.ReadAllBytesAsync(Path.Combine(SharedCaptureFactAttribute.Folder, "cosh-empty.avro"))));

    private static string UsText(long ms)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime;
        var hour = time.Hour % 12 == 0 ? 12 : time.Hour % 12;
        return string.Create(CultureInfo.InvariantCulture, $"{time.Month}/{time.Day}/{time.Year} {hour}:{time.Minute:00}:{time.Second:00} {(time.Hour < 12 ? "AM" : "PM")}");
    }
}

using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Archive.Avro;
using static ClickFuncs.Batch.Tests.Archive.PlainAvro;

namespace ClickFuncs.Batch.Tests.Archive;

/// <summary>Files that other writers make, right and wrong.</summary>
public sealed class ForeignCaptureFileTests
{
    private const string Time = "12/7/2018 10:22:49 AM";
    private static readonly byte[] NoBody = [0];

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    public async Task TryRead_SeveralBlocks_GivesAllInOrder(string? codec)
    {
        var file = File(DocumentedSchema, codec, Block(2, [.. Record(1), .. Record(2)]), Block(0, []), Block(1, Record(3)));

        Assert.Equal([1, 2, 3], (await CapturedEvent.ReadAllAsync(file)).Select(e => e.Sequence));
    }

    [Fact]
    public async Task TryRead_DeflatedBlocks_GivesTheSame()
    {
        byte[] content = [.. Record(1), .. Record(2)];

        Assert.Equal(
            await CapturedEvent.ReadAllAsync(File(DocumentedSchema, "null", Block(2, content))),
            await CapturedEvent.ReadAllAsync(File(DocumentedSchema, "deflate", Block(2, Deflate(content)))));
    }

    [Fact]
    public async Task TryRead_PropertiesOfEveryType_AreRead()
    {
        byte[] map = [.. Long(4), .. Text("l"), .. Long(0), .. Long(-5), .. Text("d"), .. Long(1), .. Real(1.5), .. Text("s"), .. Long(2), .. Text("é"), .. Text("b"), .. Long(3), .. Bytes([1, 255]), 0];

        var read = Assert.Single(await CapturedEvent.ReadAllAsync(File(DocumentedSchema, null, Block(1, Record(7, Time, map, [0], NoBody)))));

        Assert.Equal(new CapturedEvent(7, 1544178169000, "99", Time, "l=-5L;d=1.5D;s='é';b=01FF;", "", null), read);
    }

    [Fact]
    public async Task TryRead_MapInPartsWithSizes_IsReadWhole()
    {
        byte[] first = [.. Text("a"), .. Long(0), .. Long(1), .. Text("b"), .. Long(0), .. Long(2)];
        byte[] second = [.. Text("x-opt-enqueued-time"), .. Long(0), .. Long(1544178169123)];
        byte[] map = [.. Long(-2), .. Long(first.Length), .. first, .. Long(1), .. second, 0];

        var read = Assert.Single(await CapturedEvent.ReadAllAsync(File(DocumentedSchema, null, Block(1, Record(7, Time, map, [0], NoBody)))));

        Assert.Equal("a=1L;b=2L;x-opt-enqueued-time=1544178169123L;", read.SystemProperties);
        Assert.Equal(1544178169123, read.EnqueuedMs);
    }

    [Fact]
    public async Task TryRead_OtherOrderOfFieldsAndBranches_FollowsTheSchemaOfTheFile()
    {
        var schema = Schema(
            Field("Body", """["bytes","null"]"""), Field("Properties", """{"type":"map","values":["null","bytes","string",{"type":"long"}]}"""),
            Field("EnqueuedTimeUtc", """{"type":"string"}"""), Field("Offset", "\"string\""), Field("SequenceNumber", "\"long\""),
            Field("SystemProperties", """{"type":"map","values":["string","long"]}"""));
        byte[] record = [.. Long(0), .. Text("body"), .. Long(2), .. Text("n"), .. Long(0), .. Text("l"), .. Long(3), .. Long(9), 0,
            .. Text(Time), .. Text("off"), .. Long(5), .. Long(1), .. Text("x-opt-enqueued-time"), .. Long(1), .. Long(77), 0];

        var read = Assert.Single(await CapturedEvent.ReadAllAsync(File(schema, null, Block(1, record))));

        Assert.Equal(new CapturedEvent(5, 77, "off", Time, "x-opt-enqueued-time=77L;", "n=null;l=9L;", Convert.ToHexString("body"u8)), read);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(-65)]
    public async Task TryRead_NumbersOfAnySize_AreExact(long value) =>
        Assert.Equal(value, Assert.Single(await CapturedEvent.ReadAllAsync(File(DocumentedSchema, null, Block(1, Record(value))))).Sequence);

    [Fact]
    public async Task OpenAsync_AnotherSchema_SaysWhereItDiffers()
    {
        (string Schema, string Problem)[] cases =
        [
            (DocumentedSchema.Replace("EventData", "Event", StringComparison.Ordinal), "'Microsoft.ServiceBus.Messaging.Event'"),
            (DocumentedSchema.Replace("\"Offset\"", "\"Place\"", StringComparison.Ordinal), "a field 'Place'"),
            (DocumentedSchema.Replace("\"Offset\"", "\"1\"", StringComparison.Ordinal), "a field '1'"),
            (DocumentedSchema.Replace("\"Offset\"", "\"Body\"", StringComparison.Ordinal), "Body twice"),
            (Schema(Field("Offset", "\"string\"")), "no field SequenceNumber"),
            (DocumentedSchema.Replace("\"SequenceNumber\",\"type\":\"long\"", "\"SequenceNumber\",\"type\":\"int\"", StringComparison.Ordinal), "SequenceNumber is not of type long"),
            (DocumentedSchema.Replace("\"double\"", "\"float\"", StringComparison.Ordinal), "union branch \"float\""),
            (DocumentedSchema.Replace("\"double\"", "\"long\"", StringComparison.Ordinal), "same type twice"),
            (DocumentedSchema.Replace("""["null","bytes"]""", "\"bytes\"", StringComparison.Ordinal), "Body has no union"),
            (DocumentedSchema.Replace("""["null","bytes"]""", """["null","string"]""", StringComparison.Ordinal), "Body is no union of null and bytes"),
            ("{", "can't be read"),
            ("""{"name":null}""", "''"),
            ("[]", "can't be read"),
        ];
        foreach (var (schema, problem) in cases)
            Assert.Contains(problem, (await FailureOf(File(schema, null))).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAll_DamagedFile_NamesFileBlockPlaceAndProblem()
    {
        var good = Block(1, Record(1));
        byte[] badSync = [.. good[..^1], 0];
        (byte[] File, long Block, string Problem)[] cases =
        [
            ([], -1, "ends in the middle"),
            ("PAR1...."u8.ToArray(), -1, "no Avro file"),
            (File(DocumentedSchema, "snappy"), -1, "the codec is 'snappy'"),
            ([.. "Obj\u0001"u8, .. Long(1), .. Text("other"), .. Text("x"), 0, .. Sync], -1, "no avro.schema"),
            ([.. "Obj\u0001"u8, .. Long(1), .. Text("k"), .. Long(1L << 40)], -1, "are not read"),
            ([.. "Obj\u0001"u8, .. Long(2), .. Text("k"), .. Text("x"), .. Text("k"), .. Text("x"), 0, .. Sync], -1, "'k' twice"),
            (File(DocumentedSchema, null, good, badSync), 1, "sync marker"),
            (File(DocumentedSchema, null, good, [.. good, 2]), 2, "ends in the middle"),
            (File(DocumentedSchema, null, good, good[..^1]), 1, "ends in the middle"),
            (File(DocumentedSchema, null, Block(-1, Record(1))), 0, "holds -1 records"),
            (File(DocumentedSchema, null, Block(20, Record(1))), 0, "holds 20 records in"),
            (File(DocumentedSchema, null, Block(2, [.. Record(1), .. new byte[40]])), 0, "no time such as"),
            (File(DocumentedSchema, null, Block(1, [.. Record(1), 0])), 0, "1 bytes follow"),
            (File(DocumentedSchema, null, Block(0, [1, 2])), 0, "holds 0 records in 2 bytes"),
            (File(DocumentedSchema, null, [.. Long(1), .. Long(CaptureFileReader.MaxBlockBytes + 1L)]), 0, "are the most that is read"),
            (File(DocumentedSchema, null, [.. Long(1), .. Long(-1)]), 0, "it is -1 bytes long"),
            (File(DocumentedSchema, null, [.. Enumerable.Repeat((byte)0xFF, 11)]), 0, "longer than 64 bits"),
            (File(DocumentedSchema, null, Block(1, [.. Long(1), .. Long(500), .. new byte[20]])), 0, "length 500 where"),
            (File(DocumentedSchema, null, Block(1, [.. Long(1), .. Long(-3), .. new byte[20]])), 0, "length -3 where"),
            (File(DocumentedSchema, null, Block(1, Record(1, Time, [.. Long(1), .. Text("k"), .. Long(4), 0], [0], NoBody))), 0, "branch 4 of a union of 4"),
            (File(DocumentedSchema, null, Block(1, Record(1, Time, [.. Long(-1), .. Long(9), .. Text("k"), .. Long(0), .. Long(0), 0], [0], [.. Long(1), .. Text("nine bytes")]))), 0, "size it says"),
            (File(DocumentedSchema, null, Block(1, Record(1, Time, [.. Long(long.MinValue), .. Long(0), 0], [0], NoBody))), 0, "beyond the end"),
            (File(DocumentedSchema, null, Block(1, Record(1, Time, [0], [0], [.. Long(2)]))), 0, "body names branch 2"),
            (File(DocumentedSchema, null, Block(1, Record(1, "2018-12-07 10:22:49", [0], [0], NoBody))), 0, "'2018-12-07 10:22:49' is no time"),
            (File(DocumentedSchema, "deflate", Block(1, [0xFF, 0xFF, 0xFF])), 0, "compressed bytes are damaged"),
            (File(DocumentedSchema, "deflate", Block(1, Deflate(new byte[CaptureFileReader.MaxBlockBytes + 10]))), 0, "when decompressed"),
        ];
        foreach (var (file, block, problem) in cases)
        {
            var failure = await FailureOf(file);
            Assert.Contains(problem, failure.Problem, StringComparison.Ordinal);
            Assert.Equal(("test.avro", block), (failure.File, failure.Block));
            Assert.InRange(failure.Offset, 0, file.Length);
            Assert.StartsWith("Capture file test.avro, ", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task TryRead_AfterDamage_GivesNoMoreRecords()
    {
        var file = File(DocumentedSchema, null, Block(3, [.. Record(1), .. Long(2), .. Long(-3), .. Record(3), .. Record(4)]));
        await using var reader = await CaptureFileReader.OpenAsync(new MemoryStream(file), "test.avro", CancellationToken.None);
        await reader.ReadBlockAsync(CancellationToken.None);
        Assert.True(reader.TryRead(out _));

        Assert.Throws<ArchiveCorruptException>(() => reader.TryRead(out _));

        Assert.False(reader.TryRead(out _));
    }

    private static async Task<ArchiveCorruptException> FailureOf(byte[] file) =>
        await Assert.ThrowsAsync<ArchiveCorruptException>(() => CapturedEvent.ReadAllAsync(file));
}

using ClickFuncs.Events;
using ClickFuncs.Local.Log;
using ClickFuncs.Log;

namespace ClickFuncs.Local.Tests.Log;

public sealed class SegmentRollTests
{
    private const int Small = 4096;

    [Fact]
    public async Task Append_PastTheSegmentSize_GoesOnInNewFilesAndReadsAcross()
    {
        using var folder = new LogFolder();
        var texts = LogRecords.Texts(200);
        using var log = folder.Open(segmentBytes: Small);

        await log.AppendAll(texts);

        Assert.True(folder.Segments().Length > 5);
        Assert.All(folder.Segments(), path => Assert.InRange(new FileInfo(path).Length, 1, Small));
        Assert.Equal(LogRecords.Expected(texts, 2), log.ReadAll());
    }

    [Fact]
    public async Task Open_ManySegments_GoesOnWhereItEnded()
    {
        using var folder = new LogFolder();
        var texts = LogRecords.Texts(150);
        foreach (var part in texts.Chunk(50))
        {
            using var log = folder.Open(segmentBytes: Small);
            await log.AppendAll(part);
        }

        using var reopened = folder.Open(segmentBytes: Small);

        Assert.Equal(LogRecords.Expected(texts, 2), reopened.ReadAll(maxBytes: 1));
    }

    [Fact]
    public async Task Read_AnySequenceInASealedSegmentAfterReopening_FindsIt()
    {
        using var folder = new LogFolder();
        var texts = LogRecords.Texts(100);
        using (var log = folder.Open(1, Small))
            await log.AppendAll(texts);
        using var reopened = folder.Open(1, Small);
        var batch = new RecordBatch();
        for (var i = texts.Length - 1; i >= 0; i--)
        {
            await reopened.ReadAsync(0, i, 1, batch, CancellationToken.None);
            Assert.Equal(texts[i], System.Text.Encoding.UTF8.GetString(batch.GetRecord(0)));
        }
    }

    [Fact]
    public async Task Append_RecordLargerThanChunkAndSegment_IsStoredWhole()
    {
        using var folder = new LogFolder();
        using var log = folder.Open(1, Small);
        var large = new byte[300_000];
        new Random(1).NextBytes(large);

        await log.Append("before");
        await log.AppendAsync(LogRecords.Id(1), large, CancellationToken.None);
        await log.Append("after");

        var batch = new RecordBatch();
        await log.ReadAsync(0, 1, 1, batch, CancellationToken.None);
        Assert.Equal(large, batch.GetRecord(0));
        Assert.Equal(3, log.GetRange(0).Next);
    }

    [Fact]
    public async Task Append_RecordOfNoBytes_IsARecord()
    {
        using var folder = new LogFolder();
        using var log = folder.Open(1);

        await log.AppendAsync(new Fingerprint(1, 1), [], CancellationToken.None);

        Assert.Equal([""], log.ReadPartition(0));
    }

    [Fact]
    public async Task Open_SegmentMissingInTheMiddle_FailsAndNamesIt()
    {
        using var folder = await Filled();
        File.Delete(folder.Segments()[2]);

        var error = Assert.Throws<LogCorruptException>(() => folder.Open(segmentBytes: Small));

        Assert.Contains("missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_SealedSegmentCutShort_Fails()
    {
        using var folder = await Filled();
        using (var file = new FileStream(folder.Segments()[1], FileMode.Open))
            file.SetLength(file.Length - 1);

        var error = Assert.Throws<LogCorruptException>(() => folder.Open(segmentBytes: Small));

        Assert.Contains(folder.Segments()[1], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_SealedSegmentFlipped_ThrowsWithFileAndOffset()
    {
        using var folder = await Filled();
        using (var file = new FileStream(folder.Segments()[1], FileMode.Open))
        {
            file.Position = file.Length - 1;
            file.WriteByte((byte)'!');
        }

        using var log = folder.Open(segmentBytes: Small);

        var error = Assert.Throws<LogCorruptException>(() => log.ReadAll());
        Assert.Contains(folder.Segments()[1], error.Message, StringComparison.Ordinal);
        Assert.Contains("offset", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_UnfinishedSegmentLeftByACrash_IsForgotten()
    {
        using var folder = await Filled();
        var unfinished = Path.Combine(folder.Path, Segment.NameOf(999) + FileDisk.UnfinishedEnding);
        await File.WriteAllTextAsync(unfinished, "half a header");

        using var log = folder.Open(segmentBytes: Small);

        Assert.False(File.Exists(unfinished));
        Assert.Equal(LogRecords.Expected(LogRecords.Texts(150), 2), log.ReadAll());
    }

    [Fact]
    public async Task Open_OtherPartitionCount_IsRefused()
    {
        using var folder = await Filled();

        var error = Assert.Throws<InvalidOperationException>(() => folder.Open(partitions: 3));

        Assert.Contains("2 partitions, 3", error.Message, StringComparison.Ordinal);
    }

    private static async Task<LogFolder> Filled()
    {
        var folder = new LogFolder();
        using var log = folder.Open(segmentBytes: Small);
        await log.AppendAll(LogRecords.Texts(150));
        return folder;
    }
}

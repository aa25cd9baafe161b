using ClickFuncs.Local.Log;
using ClickFuncs.Log;

namespace ClickFuncs.Local.Tests.Log;

/// <summary>Room that is made ahead of the writer.</summary>
public sealed class SegmentReserveTests
{
    private const int Room = 64 * 1024;
    private readonly FaultyDisk _disk = new();

    [Fact]
    public async Task Append_ManyAtOnce_RoomOfZerosIsMadeBehindTheBlocks()
    {
        using var folder = new LogFolder();
        using var log = Open(folder);
        await AppendUntilRoomAsync(log, folder);

        var bytes = ReadShared(folder.Segments()[0]);

        Assert.InRange(bytes.Length - log.StoredBytes, 1, 2 * Room);
        Assert.DoesNotContain(bytes.Skip((int)log.StoredBytes), b => b != 0);
    }

    [Fact]
    public async Task Append_OneByOne_NoRoomIsMade()
    {
        using var folder = new LogFolder();
        using (var log = Open(folder))
            await log.AppendAll(LogRecords.Texts(100));

        Assert.Equal(LogVerifier.Verify(folder.Path, CancellationToken.None).Bytes, new FileInfo(folder.Segments()[0]).Length);
    }

    [Fact]
    public async Task Open_RoomLeft_IsNoTornTailAndIsWrittenOver()
    {
        using var folder = new LogFolder();
        List<string> texts;
        using (var log = Open(folder))
            texts = await AppendUntilRoomAsync(log, folder);
        var length = new FileInfo(folder.Segments()[0]).Length;

        using (var log = Open(folder))
        {
            Assert.Null(log.RepairedTail);
            Assert.Equal(texts.Count, (await log.Append("after")).Sequence);
            Assert.Equal([.. texts, "after"], log.ReadPartition(0, 1 << 20));
        }

        Assert.Equal(length, new FileInfo(folder.Segments()[0]).Length);
        var verified = LogVerifier.Verify(folder.Path, CancellationToken.None);
        Assert.Empty(verified.Findings);
        Assert.Null(verified.Torn);
        Assert.Equal(texts.Count + 1, verified.Records);
        Assert.InRange(verified.Bytes, 1, length - 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task Open_BytesOfNoBlockInTheRoom_AreCutAsTorn(int behind)
    {
        using var folder = new LogFolder();
        List<string> texts;
        using (var log = Open(folder))
            texts = await AppendUntilRoomAsync(log, folder);
        var end = LogVerifier.Verify(folder.Path, CancellationToken.None).Bytes;
        using (var file = new FileStream(folder.Segments()[0], FileMode.Open))
        {
            file.Position = end + behind;
            file.WriteByte(7);
        }

        using var reopened = Open(folder);

        Assert.Equal(end, reopened.RepairedTail?.Offset);
        Assert.Equal(texts, reopened.ReadPartition(0, 1 << 20));
    }

    [Fact]
    public async Task Append_GroupLargerThanTheRoom_IsWholeAfterMoreRoomWasMade()
    {
        using var folder = new LogFolder();
        var texts = new List<string>();
        using (var log = Open(folder))
        {
            for (var i = 0; i < 10; i++)
            {
                texts.AddRange(await AppendTogetherAsync(log, i));
                var large = new string((char)('a' + i), 3 * Room);
                await log.Append(large);
                texts.Add(large);
            }
        }

        using var reopened = Open(folder);
        Assert.Null(reopened.RepairedTail);
        Assert.Equal(texts, reopened.ReadPartition(0, 1 << 20));
    }

    [Fact]
    public async Task Append_SegmentFull_TheClosedOneHasNoRoomLeft()
    {
        using var folder = new LogFolder();
        using var log = Open(folder, segmentBytes: 4 * Room);
        for (var i = 0; folder.Segments().Length < 3; i++)
            await AppendTogetherAsync(log, i);

        var segments = folder.Segments();
        Assert.All(
            segments.Zip(segments.Skip(1)),
            pair => Assert.Equal(SegmentHeader.Load(pair.Second).PreviousLength, new FileInfo(pair.First).Length));
    }

    [Fact]
    public async Task Append_RoomCannotBeMade_GoesOnAndDoesNotTryAgainInThisSegment()
    {
        using var folder = new LogFolder();
        using var log = Open(folder, segmentBytes: 2 * Room);
        _disk.NoRoom = true;
        var texts = new List<string>();
        for (var i = 0; folder.Segments().Length < 3; i++)
            texts.AddRange(await AppendTogetherAsync(log, i));

        Assert.Equal(texts, log.ReadPartition(0, 1 << 20));
        // The second is full, the third may have begun.
        Assert.InRange(_disk.RoomRefused, 2, 3);
    }

    [Fact]
    public async Task Scan_BlockThatWasInWriting_IsGoodWhenReadAgain()
    {
        using var folder = new LogFolder();
        var ends = new List<int>();
        using (var log = Open(folder))
        {
            foreach (var text in LogRecords.Texts(3))
            {
                await log.Append(text);
                ends.Add((int)log.StoredBytes);
            }
        }

        var path = folder.Segments()[0];
        var whole = await File.ReadAllBytesAsync(path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        file.SetLength(ends[0] + 10);
        file.SetLength(3 << 20);
        using var segment = new Segment(path, SegmentHeader.Load(path), file.Length);
        var scan = new SegmentScan(segment, file.Length);
        scan.Run();
        Assert.NotNull(scan.Fault);

        file.Write(whole);
        file.Flush();

        Assert.Equal(ends[1], scan.FindLaterBlock());
        Assert.True(scan.TryAgain());
        Assert.Equal((null, ends[2], true), (scan.Fault, scan.Offset, scan.IsRoomLeft));
    }

    private SegmentLog Open(LogFolder folder, long segmentBytes = 64 << 20) => LogOpener.Open(
        new SegmentLogOptions { Directory = folder.Path, PartitionCount = 1, SegmentBytes = segmentBytes, ReserveBytes = Room },
        TimeProvider.System, disk: _disk);

    private static async Task<List<string>> AppendUntilRoomAsync(SegmentLog log, LogFolder folder)
    {
        var texts = new List<string>();
        for (var i = 0; new FileInfo(folder.Segments()[0]).Length == log.StoredBytes; i++)
            texts.AddRange(await AppendTogetherAsync(log, i));
        return texts;
    }

    // Twenty at once: while one is being synced the others become a group.
    private static async Task<IEnumerable<string>> AppendTogetherAsync(SegmentLog log, int round)
    {
        var texts = LogRecords.Texts(20, $"round-{round}");
        var appends = Array.ConvertAll(texts, log.Append);
        await Task.WhenAll(appends);
        return texts;
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}

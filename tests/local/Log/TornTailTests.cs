using ClickFuncs.Local.Log;
using ClickFuncs.Log;

namespace ClickFuncs.Local.Tests.Log;

public sealed class TornTailTests
{
    private static readonly string[] Texts = LogRecords.Texts(4);

    [Fact]
    public async Task Open_LastBlockCutAtEveryByte_KeepsTheBlocksBeforeAndSetsTheRestAside()
    {
        using var source = new LogFolder();
        var (start, end) = await WriteBlocks(source);
        for (var cut = start + 1; cut < end; cut++)
        {
            using var folder = source.Copy();
            using (var file = new FileStream(folder.Segments()[0], FileMode.Open))
                file.SetLength(cut);

            using (var log = folder.Open(1))
            {
                Assert.Equal(Texts[..^1], log.ReadPartition(0));
                Assert.Equal((start, cut - start, 3L), (log.RepairedTail!.Offset, log.RepairedTail.Length, log.RepairedTail.Block));
                Assert.Equal(3, (await log.Append("after")).Sequence);
                Assert.Equal(cut - start, new FileInfo(Path.Combine(folder.Path, log.RepairedTail.EvidenceName)).Length);
            }

            Assert.Equal([.. Texts[..^1], "after"], ReadBack(folder));
        }
    }

    [Fact]
    public async Task Open_LastBlockHalfZero_IsCutAsTorn()
    {
        using var folder = new LogFolder();
        var (start, end) = await WriteBlocks(folder);
        await Overwrite(folder, start + (end - start) / 2, new byte[(end - start) / 2]);

        Assert.Equal(Texts[..^1], ReadBack(folder));
    }

    [Fact]
    public async Task Open_WholeLastBlock_IsKept()
    {
        using var folder = new LogFolder();
        await WriteBlocks(folder);

        using var log = folder.Open(1);

        Assert.Null(log.RepairedTail);
        Assert.Equal(Texts, log.ReadPartition(0));
    }

    [Fact]
    public async Task Open_AnyByteBeforeTheLastBlockFlipped_FailsAndChangesNothing()
    {
        using var source = new LogFolder();
        var (start, _) = await WriteBlocks(source);
        var bytes = await File.ReadAllBytesAsync(source.Segments()[0]);
        for (var at = 0; at < start; at++)
        {
            using var folder = source.Copy();
            await Overwrite(folder, at, [(byte)(bytes[at] ^ 0x10)]);
            var damaged = await File.ReadAllBytesAsync(folder.Segments()[0]);

            var error = Assert.Throws<LogCorruptException>(() => folder.Open(1));

            Assert.Contains(folder.Segments()[0], error.Message, StringComparison.Ordinal);
            Assert.Contains("offset", error.Message, StringComparison.Ordinal);
            Assert.Equal(damaged, await File.ReadAllBytesAsync(folder.Segments()[0]));
        }
    }

    [Fact]
    public async Task Open_RecordThatLooksLikeABlock_IsStillATornTail()
    {
        // The salt of another log: what an attacker could know of the format.
        using var other = new LogFolder();
        using var folder = new LogFolder();
        using (var log = other.Open(1))
            await log.AppendAll(["forged-0", "forged-1", "forged-2"]);
        using (var log = folder.Open(1))
            await log.AppendAsync(LogRecords.Id(1), await File.ReadAllBytesAsync(other.Segments()[0]), CancellationToken.None);
        using (var file = new FileStream(folder.Segments()[0], FileMode.Open))
            file.SetLength(file.Length - 1);

        using var reopened = folder.Open(1);

        Assert.NotNull(reopened.RepairedTail);
        Assert.Equal(0, reopened.GetRange(0).Next);
    }

    /// <summary>Writes one block per text and returns where the last one starts and ends.</summary>
    private static async Task<(long Start, long End)> WriteBlocks(LogFolder folder)
    {
        using var log = folder.Open(1);
        await log.AppendAll(Texts[..^1]);
        var start = new FileInfo(folder.Segments()[0]).Length;
        await log.Append(Texts[^1]);
        return (start, new FileInfo(folder.Segments()[0]).Length);
    }

    private static async Task Overwrite(LogFolder folder, long offset, byte[] bytes)
    {
        await using var file = new FileStream(folder.Segments()[0], FileMode.Open);
        file.Position = offset;
        await file.WriteAsync(bytes);
    }

    private static List<string> ReadBack(LogFolder folder)
    {
        using var log = folder.Open(1);
        return log.ReadPartition(0);
    }
}

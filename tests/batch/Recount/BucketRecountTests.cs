using System.Text.Json;
using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Local.Lake;
using ClickFuncs.Testing.Lake;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Batch.Tests.Recount;

/// <summary>R25: a recount can be repeated, resumed and split, and never says two things under one name.</summary>
public sealed class BucketRecountTests
{
    private static readonly DateOnly Date = EventDays.ToDate(RandomLog.Day);

    [Fact]
    public async Task Run_Again_GivesTheSameFile()
    {
        var (rig, cut) = await ArchiveAsync(1);
        var files = await rig.CountAsync(RandomLog.Day, cut);
        var before = rig.Lake.Paths.ToDictionary(path => path, path => rig.Lake[path]);
        Assert.Equal(files, await rig.CountAsync(RandomLog.Day, cut));
        Assert.Equal(before.Keys, rig.Lake.Paths);
        Assert.All(before, file => Assert.Same(file.Value, rig.Lake[file.Key]));
    }

    [Fact]
    public async Task Run_AfterACrashAtTheWrite_GivesTheSameBytes()
    {
        var (rig, cut) = await ArchiveAsync(2);
        var expected = await rig.CountAsync(RandomLog.Day, cut, revision: 1);
        var writes = 0;
        rig.Lake.BeforeNaming = _ =>
        {
            if (writes++ == 1)
                throw new IOException("crash");
        };
        await Assert.ThrowsAsync<IOException>(() => rig.CountAsync(RandomLog.Day, cut, revision: 2));
        var again = await rig.CountAsync(RandomLog.Day, cut, revision: 2);
        Assert.All(expected.Zip(again), pair => Assert.Equal(rig.Lake[pair.First.Path], rig.Lake[pair.Second.Path]));
    }

    [Fact]
    public async Task Run_InShares_GivesTheSameBytes()
    {
        var (whole, cut) = await ArchiveAsync(3);
        var shared = new ArchiveRig { Lake = whole.Lake, Compaction = whole.Compaction, Recount = new RecountOptions { MaxRowsPerUnit = 50 } };
        var expected = await whole.CountAsync(RandomLog.Day, cut, revision: 1);
        var actual = await shared.CountAsync(RandomLog.Day, cut, revision: 2);
        Assert.True(expected.Sum(file => file.Rows) > 50);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(whole.Lake[pair.First.Path], whole.Lake[pair.Second.Path]));
    }

    [Fact]
    public async Task Run_MorePartsMeanwhile_ChangesNothing()
    {
        var log = RandomLog.Make(new Random(4), 600);
        var rig = new ArchiveRig();
        for (var partition = 0; partition < log.PartitionCount; partition++)
            await rig.CaptureAsync(log, partition, log[partition].Count / 2);
        await rig.CompactAsync(log.PartitionCount);
        var cut = new DayCut { Partitions = [.. Enumerable.Range(0, log.PartitionCount).Select(p => new PartitionCut(p, (log[p].Count / 2) - 1, log[p].Count))] };
        var day = RandomLog.Day - 1;
        var expected = await rig.CountAsync(day, cut, revision: 1);
        await rig.CaptureAllAsync(log);
        await rig.CompactAsync(log.PartitionCount);
        var actual = await rig.CountAsync(day, cut, revision: 2);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(rig.Lake[pair.First.Path], rig.Lake[pair.Second.Path]));
    }

    [Fact]
    public async Task Run_OtherCutUnderTheSameRevision_IsRefused()
    {
        var (rig, cut) = await ArchiveAsync(5);
        await rig.CountAsync(RandomLog.Day, cut);
        var other = cut with { Policy = new CountingPolicy { LookBackDays = 6 } };
        await Assert.ThrowsAsync<RecountMismatchException>(() => rig.CountAsync(RandomLog.Day, other));
    }

    [Fact]
    public async Task Run_CutBeyondTheParts_IsRefused()
    {
        var (rig, cut) = await ArchiveAsync(6);
        var beyond = cut with { Partitions = [.. cut.Partitions.Select(p => p with { LastSequence = p.LastSequence + 1 })] };
        var failure = await Assert.ThrowsAsync<CutNotCompactedException>(() => rig.CountAsync(RandomLog.Day, beyond));
        Assert.Contains("Compact the archive first", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PartsOfAnotherTolerance_IsRefused()
    {
        var (rig, cut) = await ArchiveAsync(7);
        await Assert.ThrowsAsync<PartsMismatchException>(() =>
            rig.CountAsync(RandomLog.Day, cut with { Policy = new CountingPolicy { FutureTolerance = TimeSpan.FromMinutes(6) } }));
    }

    [Fact]
    public async Task Run_PartitionInTwoSlices_IsRefused()
    {
        var (rig, cut) = await ArchiveAsync(11);
        var other = new CompactionSlice("other", [0]);
        await new Compactor(rig.Lake, rig.Hub, rig.Compaction, ArchiveRig.Pseudonyms, NullLogger<Compactor>.Instance).RunAsync(other, CancellationToken.None);
        var failure = await Assert.ThrowsAsync<PartsMismatchException>(() => rig.CountAsync(RandomLog.Day, cut));
        Assert.Contains("Partition 0 is compacted in the slices all and other", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DayWithoutEvents_GivesAnEmptyFile()
    {
        var (rig, cut) = await ArchiveAsync(12);
        var file = Assert.Single(await rig.CountAsync(RandomLog.Day + 100, cut));
        Assert.Equal(0, file.Rows);
        Assert.Empty(await rig.ReadAsync([file]));
    }

    [Fact]
    public async Task Run_Cancelled_LeavesNothing()
    {
        var (rig, cut) = await ArchiveAsync(8);
        var before = rig.Lake.Paths;
        var recount = new BucketRecount(rig.Lake, rig.Recount, NullLogger<BucketRecount>.Instance);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => recount.RunAsync(Date, 1, 0, cut, new CancellationToken(canceled: true)));
        Assert.Equal(before, rig.Lake.Paths);
    }

    [Fact]
    public async Task Run_OnAFolder_GivesTheSameBytes()
    {
        var (rig, cut) = await ArchiveAsync(9);
        var expected = await rig.CountAsync(RandomLog.Day, cut);
        var folder = Directory.CreateTempSubdirectory("clickfuncs-").FullName;
        try
        {
            await AssertSameOnAsync(new FolderLake(folder), rig, cut, expected, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Cut_ThroughJson_CountsTheSame()
    {
        var (rig, cut) = await ArchiveAsync(10);
        var files = await rig.CountAsync(RandomLog.Day, cut);
        var read = JsonSerializer.Deserialize<DayCut>(JsonSerializer.Serialize(cut, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!;
        Assert.Equal(files, await rig.CountAsync(RandomLog.Day, read));
    }

    private static async Task AssertSameOnAsync(FolderLake lake, ArchiveRig rig, DayCut cut, IReadOnlyList<RecountFile> expected, string folder)
    {
        foreach (var path in rig.Lake.Paths.Where(path => path.StartsWith("parquet/", StringComparison.Ordinal)))
            await lake.CreateAsync(path, (stream, token) => stream.WriteAsync(rig.Lake[path], token), CancellationToken.None);
        var recount = new BucketRecount(lake, rig.Recount, NullLogger<BucketRecount>.Instance);
        for (var bucket = 0; bucket < expected.Count; bucket++)
        {
            Assert.Equal(expected[bucket], await recount.RunAsync(Date, 1, bucket, cut, CancellationToken.None));
            Assert.Equal(rig.Lake[expected[bucket].Path], await File.ReadAllBytesAsync(Path.Combine(folder, expected[bucket].Path)));
        }
    }

    private static async Task<(ArchiveRig Rig, DayCut Cut)> ArchiveAsync(int seed)
    {
        var log = RandomLog.Make(new Random(seed), 1000);
        var rig = new ArchiveRig { Lake = new InMemoryLake(), Recount = new RecountOptions { Scratch = new ScratchOptions() } };
        await rig.CaptureAllAsync(log);
        await rig.CompactAsync(log.PartitionCount);
        return (rig, ArchiveRig.CutOf(log));
    }
}

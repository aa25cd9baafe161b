using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Archive.Avro;
using ClickFuncs.Testing.Lake;

namespace ClickFuncs.Batch.Tests.Archive;

public sealed class CaptureCatalogTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly CaptureHub Hub = new();
    private readonly InMemoryLake _lake = new();

    private CaptureCatalog Catalog => new(_lake, Hub);

    [Fact]
    public async Task ListPartitionsAsync_ManyPartitions_AscendWithoutThoseThatHaveNoFile()
    {
        foreach (var partition in (int[])[11, 0, 9, 1, 110])
            await AddAsync(partition, Noon, 0, 1);
        _lake.Overwrite("capture/clickfuncs/other/3/2026/01/01/00/00/00.avro", []);

        Assert.Equal([0, 1, 9, 11, 110], await Catalog.ListPartitionsAsync(None));
    }

    [Fact]
    public async Task ListAsync_AfterATime_GivesWhatFollowsInOrder()
    {
        var random = new Random(7);
        DateTimeOffset[] starts = [.. Enumerable.Range(0, 120)
            .Select(i => Noon.AddSeconds(random.Next(i % 3 == 0 ? 400_000_000 : i % 3 == 1 ? 90_000 : 300))).Distinct()];
        foreach (var start in starts)
            await AddAsync(2, start, 0, 0);
        await AddAsync(20, Noon, 0, 0);

        DateTimeOffset?[] bounds = [null, Noon.AddYears(-50), Noon.AddYears(50), .. starts.Take(24).Cast<DateTimeOffset?>(), .. starts.Take(8).Select(s => (DateTimeOffset?)s.AddSeconds(1))];
        foreach (var after in bounds)
        {
            var listed = await Catalog.ListAsync(2, after, None).Select(f => f.Path.Start).ToListAsync();
            Assert.Equal(starts.Where(s => after == null || s > after).Order(), listed);
        }

        Assert.Equal(starts.OrderDescending(), await Catalog.ListBackAsync(2, None).Select(f => f.Path.Start).ToListAsync());
        Assert.Equal(starts.Max(), (await Catalog.FindNewestAsync(2, None))!.Path.Start);
    }

    [Fact]
    public async Task FindNewestAsync_OfPartitionWithoutFiles_GivesNone() => Assert.Null(await Catalog.FindNewestAsync(0, None));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(9, 0)]
    [InlineData(10, 2)]
    [InlineData(15, 2)]
    [InlineData(29, 2)]
    [InlineData(30, 3)]
    [InlineData(99, 3)]
    public async Task ListFromAsync_ASequence_BeginsWithTheFileThatHoldsIt(long sequence, int expected)
    {
        await AddAsync(0, Noon, 0, 10);
        await AddAsync(0, Noon.AddMinutes(1), 10, 0);
        await AddAsync(0, Noon.AddMinutes(2), 10, 20);
        await AddAsync(0, Noon.AddHours(3), 30, 5);

        var listed = await Catalog.ListFromAsync(0, sequence, None).Select(f => f.Path.Start).ToListAsync();

        DateTimeOffset[] all = [Noon, Noon.AddMinutes(1), Noon.AddMinutes(2), Noon.AddHours(3)];
        Assert.Equal(all.Skip(expected), listed);
    }

    [Fact]
    public async Task ReadRangeAsync_Files_SayWhatTheyHold()
    {
        await AddAsync(0, Noon, 5, 4);
        await AddAsync(0, Noon.AddMinutes(1), 9, 0);
        var files = await Catalog.ListAsync(0, null, None).ToListAsync();

        Assert.Equal(new CaptureRange(5, 9), await Catalog.ReadRangeAsync(files[0], None));
        Assert.Equal(new CaptureRange(9, 9), await Catalog.ReadRangeAsync(files[1], None));
    }

    [Fact]
    public async Task ListAsync_AForeignNameAmongTheFiles_IsNotPassedOver()
    {
        _lake.Overwrite("capture/clickfuncs/clicks/0/2026/07/01/12/00/60.avro", []);

        await Assert.ThrowsAsync<ArchiveCorruptException>(async () => await Catalog.ListAsync(0, null, None).ToListAsync());
    }

    [Fact]
    public void ProblemAfter_Ranges_TellsGapsAndOverlaps()
    {
        Assert.Null(new CaptureRange(5, 9).ProblemAfter(null));
        Assert.Null(new CaptureRange(5, 9).ProblemAfter(5));
        Assert.Null(new CaptureRange(null, null).ProblemAfter(5));
        Assert.Contains("records 3 to 4 are missing", new CaptureRange(5, 9).ProblemAfter(3), StringComparison.Ordinal);
        Assert.Contains("already go up to 6", new CaptureRange(5, 9).ProblemAfter(7), StringComparison.Ordinal);
    }

    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private async Task AddAsync(int partition, DateTimeOffset start, long first, int count)
    {
        var file = await CaptureFiles.WriteAsync(AvroCodec.Null, first, CaptureFiles.Random(new Random(3), count, maxBody: 20));
        _lake.Overwrite(new CapturePath(Hub, partition, start).ToString(), file);
    }
}

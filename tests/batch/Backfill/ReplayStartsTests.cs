using ClickFuncs.Analytics;
using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Backfill;
using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Testing.Analytics;
using ClickFuncs.Testing.Events;

namespace ClickFuncs.Batch.Tests.Backfill;

/// <summary>A replay that begins at a boundary of parts counts a range as one from the first record does.</summary>
public sealed class ReplayStartsTests
{
    private const long Hour = Granularities.HourMs;
    private const long Start = 1_782_864_000_000; // 2026-07-01T00:00Z
    private const int RecordsPerFile = 120;

    private static readonly ReplayPolicy Policy = new(
        OutOfOrderness: TimeSpan.FromSeconds(30), AllowedLateness: TimeSpan.FromMinutes(15), DedupHorizon: TimeSpan.FromHours(1), FutureTolerance: TimeSpan.FromMinutes(5));

    [Fact]
    public async Task Find_EarlyRange_BeginsWithTheFirstRecord()
    {
        var (rig, _) = await ArchiveAsync(seed: 1);
        Assert.Equal(0, await FindAsync(rig, Request(0, 1)));
    }

    [Fact]
    public async Task Find_NothingCompacted_BeginsWithTheFirstRecord() => Assert.Equal(0, await FindAsync(new ArchiveRig(), Request(8, 9)));

    [Fact]
    public async Task Find_LateRange_IsTheLastBoundaryThatIsEarlyEnough()
    {
        var (rig, log) = await ArchiveAsync(seed: 2);
        var request = Request(8, 9);

        var start = await FindAsync(rig, request);

        // Horizon, lateness, out-of-orderness, tolerance and a minute before the range, as the largest time up to there.
        var warmUp = request.FromMs - Hour - (21 * 60_000) - 30_000;
        var boundaries = Enumerable.Range(1, log[0].Count / RecordsPerFile).Select(file => file * RecordsPerFile)
            .Where(boundary => log[0].Take(boundary).Max(e => e.TimeMs) <= warmUp);
        Assert.Equal(boundaries.Max(), start);
        Assert.InRange(start, log[0].Count / 2, log[0].Count);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Replay_FromTheBoundary_CountsTheRangeAsFromTheFirstRecord(int seed)
    {
        var (rig, log) = await ArchiveAsync(seed);
        for (var hour = 3; hour < 11; hour++)
        {
            var request = Request(hour, hour + 1);
            var start = await FindAsync(rig, request);
            Assert.NotEqual(0, start);
            var last = log[0].Count - 1;

            Assert.Equal(await ReplayAsync(rig, request, 0, last), await ReplayAsync(rig, request, start, last));
        }
    }

    // The oracle of this test: one file later, what is a repeat would not be known any more in some of the hours.
    [Fact]
    public async Task Replay_WithoutWarmUp_WouldCountRepeats()
    {
        var (rig, log) = await ArchiveAsync(seed: 3);
        var request = Request(8, 9);
        var within = log[0].TakeWhile(e => e.TimeMs < request.FromMs).Count();
        Assert.NotEqual(await ReplayAsync(rig, request, 0, log[0].Count - 1), await ReplayAsync(rig, request, within, log[0].Count - 1));
    }

    private static BackfillRequest Request(int fromHour, int toHour) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(Start + (fromHour * Hour)), DateTimeOffset.FromUnixTimeMilliseconds(Start + (toHour * Hour)), BackfillEnd.Keep, Policy);

    private static async Task<long> FindAsync(ArchiveRig rig, BackfillRequest request) =>
        (await ReplayStarts.FindAsync(rig.Lake, [0], request, CancellationToken.None))[0];

    private static async Task<IReadOnlyList<string>> ReplayAsync(ArchiveRig rig, BackfillRequest request, long first, long last)
    {
        var store = new InMemoryAnalyticsStore(TimeSpan.Zero);
        var backfill = new StagedBackfill(request, Guid.NewGuid(), new DateOnly(2026, 7, 2));
        await new PartitionReplay(new CaptureCatalog(rig.Lake, rig.Hub), store).RunAsync(
            new ReplayPartition(backfill, new ReplayedPartition(0, first, last)), CancellationToken.None);

        // Nothing is published: the difference is what was staged.
        return await AnalyticsRows.CollectAsync(store.CompareAsync(backfill.Area, request.FromMs, request.ToMs, CancellationToken.None));
    }

    /// <summary>Twelve hours with a click every twenty seconds, some early, some late, some clicked again within the hour; a part for every file.</summary>
    private static async Task<(ArchiveRig Rig, LogOfEvents Log)> ArchiveAsync(int seed)
    {
        var random = new Random(seed);
        var (log, due) = (new LogOfEvents(1), new List<(long Arrival, TestEvent Event)>());
        for (var step = 0; step < 12 * 180; step++)
        {
            var time = Start + (step * 20_000L);
            var click = new TestEvent { ClickId = $"clk_{step}", TimeMs = time, CostMicros = random.Next(1, 900_000) };
            due.Add((time + random.Next(10) switch { 0 => random.Next(40 * 60_000), 1 => -200_000, _ => random.Next(20_000) }, click));
            if (random.Next(4) == 0)
            {
                var again = time + random.Next(50 * 60_000);
                due.Add((again + random.Next(20_000), click with { TimeMs = again }));
            }
        }

        foreach (var (arrival, e) in due.OrderBy(entry => entry.Arrival))
            log.Append(0, e with { ArrivalDelayMs = arrival - e.TimeMs });
        var rig = new ArchiveRig { Compaction = new CompactionOptions { Buckets = 2, MaxRecordsPerPart = RecordsPerFile } };
        for (var captured = 0; captured < log[0].Count; captured += RecordsPerFile)
            await rig.CaptureAsync(log, 0, RecordsPerFile);
        await rig.CompactAsync(1);
        return (rig, log);
    }
}

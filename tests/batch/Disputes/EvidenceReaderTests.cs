using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Disputes;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Testing.Events;
using ClickFuncs.Windows;

namespace ClickFuncs.Batch.Tests.Disputes;

/// <summary>R29: the evidence for a line adds up to the line, whatever the pages.</summary>
public sealed class EvidenceReaderTests
{
    private static readonly DateOnly Day = EventDays.ToDate(RandomLog.Day);

    [Fact]
    public async Task Read_EveryCampaignAndHour_AddsUpToTheRecount()
    {
        var random = new Random(7);
        var (rig, cut) = await ArchiveAsync(RandomLog.Make(random, 1500), buckets: 4);
        var truth = RecountSums.Truth(await rig.ReadAsync(await rig.CountAsync(RandomLog.Day, cut)));
        foreach (var advertiser in (string[])["adv_0", "adv_1"])
        {
            var clicks = await ReadAllAsync(rig, cut, new EvidenceQuery(Day, advertiser, "cmp_1"), 1000);
            Assert.NotEmpty(clicks);
            AssertAddsUp(truth, clicks, key => key.AdvertiserId == advertiser, _ => true);
            var hour = (int)(clicks[0].EventTimeMs / 3_600_000 % 24);
            var some = await ReadAllAsync(rig, cut, new EvidenceQuery(Day, advertiser, "cmp_1") { AdId = "ad_1", Hour = hour }, 1000);
            AssertAddsUp(truth, some, key => key.AdvertiserId == advertiser && key.AdId == "ad_1", start => start / 3_600_000 % 24 == hour);
            Assert.All(some, click => Assert.Equal("ad_1", click.Key.AdId));
        }
    }

    [Fact]
    public async Task Read_AnyPageSize_GivesTheSameClicksOnce()
    {
        var (rig, cut) = await ArchiveAsync(RandomLog.Make(new Random(8), 600), buckets: 4);
        var query = new EvidenceQuery(Day, "adv_1", "cmp_1");
        var expected = (await ReadAllAsync(rig, cut, query, 1000)).Select(click => click.Position).ToList();
        Assert.Equal(expected.Count, expected.Distinct().Count());
        foreach (var size in (int[])[1, 7, 50])
            Assert.Equal(expected, (await ReadAllAsync(rig, cut, query, size)).Select(click => click.Position));
    }

    [Fact]
    public async Task Read_RepeatAcrossMidnight_NamesTheClickThatCounts()
    {
        var midnight = EventDays.StartMs(RandomLog.Day);
        var log = new LogOfEvents(1);
        var before = new TestEvent { TimeMs = midnight - 5_000 };
        log.Append(0, before, before with { TimeMs = midnight + 5_000, UserId = "usr_1", Ip = "203.0.113.7" });
        var (rig, cut) = await ArchiveAsync(log, buckets: 1);
        var click = Assert.Single(await ReadAllAsync(rig, cut, new EvidenceQuery(Day, "adv_1", "cmp_1"), 10));
        Assert.False(click.Counts);
        Assert.Equal(new CountedClick(midnight - 5_000, new RecordPosition(0, 0)), click.CountedInstead);
        Assert.Equal(midnight + 5_050, click.ArrivalMs);
        Assert.NotEqual(0UL, click.UserKey);
        Assert.NotEqual(click.UserKey, click.IpKey);
    }

    [Fact]
    public async Task Read_ForeignOrDamagedContinuation_IsRefused()
    {
        var log = new LogOfEvents(1);
        log.Append(0, new TestEvent(), new TestEvent { ClickId = "clk_2" });
        var (rig, cut) = await ArchiveAsync(log, buckets: 1);
        var reader = new EvidenceReader(rig.Lake, new ScratchOptions());
        var page = await reader.ReadAsync(new EvidenceQuery(Day, "adv_1", "cmp_1"), cut, 1, null, CancellationToken.None);
        Assert.NotNull(page.Continuation);
        var other = cut with { Partitions = [.. cut.Partitions.Select(p => p with { LastSequence = p.LastSequence - 1 })] };
        foreach (var (question, wrongCut, continuation) in ((EvidenceQuery, DayCut, string)[])
            [
                (new EvidenceQuery(Day, "adv_0", "cmp_1"), cut, page.Continuation!),
                (new EvidenceQuery(Day, "adv_1", "cmp_1"), other, page.Continuation!),
                (new EvidenceQuery(Day, "adv_1", "cmp_1"), cut, "rubbish"),
            ])
            await Assert.ThrowsAsync<FormatException>(() => reader.ReadAsync(question, wrongCut, 1, continuation, CancellationToken.None));
    }

    private static async Task<(ArchiveRig Rig, DayCut Cut)> ArchiveAsync(LogOfEvents log, int buckets)
    {
        var rig = new ArchiveRig { Compaction = new CompactionOptions { Buckets = buckets } };
        await rig.CaptureAllAsync(log);
        await rig.CompactAsync(log.PartitionCount);
        return (rig, ArchiveRig.CutOf(log));
    }

    private static async Task<List<EvidenceClick>> ReadAllAsync(ArchiveRig rig, DayCut cut, EvidenceQuery query, int pageSize)
    {
        var reader = new EvidenceReader(rig.Lake, new ScratchOptions());
        var clicks = new List<EvidenceClick>();
        string? continuation = null;
        do
        {
            var page = await reader.ReadAsync(query, cut, pageSize, continuation, CancellationToken.None);
            Assert.True(page.Clicks.Count <= pageSize);
            clicks.AddRange(page.Clicks);
            continuation = page.Continuation;
        }
        while (continuation != null);
        return clicks;
    }

    private static void AssertAddsUp(
        Dictionary<(long Hour, DimensionKey Key), WindowMetrics> truth, List<EvidenceClick> clicks, Func<DimensionKey, bool> isKey, Func<long, bool> isHour)
    {
        var expected = default(WindowMetrics);
        foreach (var (key, metrics) in truth.Where(row => isKey(row.Key.Key) && isHour(row.Key.Hour)))
            expected.Add(metrics);
        Assert.Equal(expected.Clicks, clicks.Count(click => click.Counts));
        Assert.Equal(expected.InvalidClicks, clicks.Count(click => click.CountedInstead == null && click.IsInvalid));
        Assert.Equal(expected.OverBudgetClicks, clicks.Count(click => click.CountedInstead == null && click.IsOverBudget));
        Assert.Equal(expected.RawClicks, clicks.Count);
        Assert.Equal(expected.SpendMicros, clicks.Where(click => click.Counts).Sum(click => click.CostMicros));
    }
}

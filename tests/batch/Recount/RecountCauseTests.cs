using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Testing.Events;
using ClickFuncs.Windows;

namespace ClickFuncs.Batch.Tests.Recount;

/// <summary>R26: each way in which stream and truth differ, planted once, comes out under its own cause and no other.</summary>
public sealed class RecountCauseTests
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private static readonly int Day = EventDays.Of(TestEvent.Noon);
    private static readonly TestEvent Click = new();

    [Fact]
    public async Task Run_RepeatInTime_NeedsNoCause()
    {
        var rows = await CountAsync(Log(Click, Click, Click with { TimeMs = Click.TimeMs + Minute }));
        AssertOnly(rows, (RecountCause.Truth, new WindowMetrics { Clicks = 1, RawClicks = 3, SpendMicros = 450_000 }));
    }

    [Fact]
    public async Task Run_EventAfterItsWindowClosed_IsTooLate()
    {
        var rows = await CountAsync(Log(Other(0), Click with { TimeMs = TestEvent.Noon - (17 * Minute) }));
        AssertOnly(
            rows,
            (RecountCause.Truth, new WindowMetrics { Clicks = 2, RawClicks = 2, SpendMicros = 900_000 }),
            (RecountCause.TooLate, new WindowMetrics { Clicks = 1, RawClicks = 1, SpendMicros = 450_000 }));
    }

    [Fact]
    public async Task Run_RepeatAfterItsWindowClosed_LacksARawClickOnly()
    {
        var rows = await CountAsync(Log(Click, Other(17 * Minute), Click));
        AssertOnly(
            rows,
            (RecountCause.Truth, new WindowMetrics { Clicks = 2, RawClicks = 3, SpendMicros = 900_000 }),
            (RecountCause.TooLate, new WindowMetrics { RawClicks = 1 }));
    }

    [Fact]
    public async Task Run_CopyAfterItsIdWasForgotten_IsBeyondHorizon()
    {
        var again = Click with { TimeMs = Click.TimeMs + (24 * Hour) + Minute };
        var rows = await CountAsync(Log(Click, again), Day + 1);
        AssertOnly(
            rows,
            (RecountCause.Truth, new WindowMetrics { RawClicks = 1 }),
            (RecountCause.EarlierDay, new WindowMetrics { RawClicks = 1 }),
            (RecountCause.BeyondHorizon, new WindowMetrics { Clicks = -1, SpendMicros = -450_000 }));
    }

    [Fact]
    public async Task Run_LaterCopyCameFirst_MovesTheClickToTheEarlierHour()
    {
        var earlier = Click with { TimeMs = Click.TimeMs - Minute, CostMicros = 300_000 };
        var rows = await CountAsync(Log(Click, earlier));
        Assert.Equal(
            [(-1L, -450_000L, TestEvent.Noon), (1L, 300_000L, TestEvent.Noon - Hour)],
            rows.Where(row => row.Cause == RecountCause.OtherCopy).Select(row => (row.Metrics.Clicks, row.Metrics.SpendMicros, row.HourMs)).Order());
        Assert.Equal(300_000, RecountSums.Total(rows, RecountCause.Truth).SpendMicros);
    }

    [Fact]
    public async Task Run_LaterCopyCameFirstInTheSameHourAndKey_NeedsNoCause()
    {
        var rows = await CountAsync(Log(Click with { TimeMs = Click.TimeMs + Minute }, Click));
        AssertOnly(rows, (RecountCause.Truth, new WindowMetrics { Clicks = 1, RawClicks = 2, SpendMicros = 450_000 }));
    }

    [Fact]
    public async Task Run_RepeatAcrossMidnight_BelongsToTheFirstDayWhicheverIsCounted()
    {
        var midnight = EventDays.StartMs(Day + 1);
        var log = Log(Click with { TimeMs = midnight + 1 }, Click with { TimeMs = midnight - 1 });
        AssertOnly(
            await CountAsync(log, Day),
            (RecountCause.Truth, new WindowMetrics { Clicks = 1, RawClicks = 1, SpendMicros = 450_000 }),
            (RecountCause.OtherCopy, new WindowMetrics { Clicks = 1, SpendMicros = 450_000 }));
        AssertOnly(
            await CountAsync(log, Day + 1),
            (RecountCause.Truth, new WindowMetrics { RawClicks = 1 }),
            (RecountCause.EarlierDay, new WindowMetrics { RawClicks = 1 }),
            (RecountCause.OtherCopy, new WindowMetrics { Clicks = -1, SpendMicros = -450_000 }));
    }

    [Fact]
    public async Task Run_CopyByAnotherPartition_IsCountedOnceAndExplained()
    {
        var log = new LogOfEvents(2);
        log.Append(0, Click);
        log.Append(1, Click);
        AssertOnly(
            await CountAsync(log),
            (RecountCause.Truth, new WindowMetrics { Clicks = 1, RawClicks = 2, SpendMicros = 450_000 }),
            (RecountCause.OtherPartition, new WindowMetrics { Clicks = -1, SpendMicros = -450_000 }));
    }

    [Fact]
    public async Task Run_PutAsideOrNotPublished_SaysSo()
    {
        var log = Log(Click, Other(1), Other(2));
        var cut = ArchiveRig.CutOf(log) with { Partitions = [new PartitionCut(0, 2, 1)], Quarantined = [new RecordPosition(0, 0)] };
        AssertOnly(
            await CountAsync(log, Day, cut),
            (RecountCause.Truth, new WindowMetrics { Clicks = 3, RawClicks = 3, SpendMicros = 1_350_000 }),
            (RecountCause.Quarantined, new WindowMetrics { Clicks = 1, RawClicks = 1, SpendMicros = 450_000 }),
            (RecountCause.NotProcessed, new WindowMetrics { Clicks = 1, RawClicks = 1, SpendMicros = 450_000 }));
    }

    [Fact]
    public async Task Run_IdThatComesBackForWeeks_KnowsWhenTheStreamForgotIt()
    {
        // Every ten hours: the stream forgets it in the middle of the third gap, over and over, from the first day on.
        var log = new LogOfEvents(1);
        for (var i = 0; i < 40 * 24 / 10; i++)
            log.Append(0, Click with { TimeMs = Click.TimeMs + (i * 10 * Hour) });
        var cut = ArchiveRig.CutOf(log);
        var rig = await ArchiveAsync(log);
        for (var day = Day + 34; day < Day + 38; day++)
        {
            var rows = await rig.ReadAsync(await rig.CountAsync(day, cut));
            RecountSums.AssertEqual(PlainTruth.CountStream(log, day, cut), RecountSums.Stream(rows), $"day {day}");
        }
    }

    private static TestEvent Other(long laterMs) => Click with { ClickId = $"clk_other_{laterMs}", TimeMs = TestEvent.Noon + laterMs };

    private static LogOfEvents Log(params TestEvent[] events)
    {
        var log = new LogOfEvents(1);
        log.Append(0, events);
        return log;
    }

    private static Task<List<RecountRow>> CountAsync(LogOfEvents log) => CountAsync(log, Day);

    private static async Task<List<RecountRow>> CountAsync(LogOfEvents log, int day, DayCut? cut = null)
    {
        var rig = await ArchiveAsync(log);
        return await rig.ReadAsync(await rig.CountAsync(day, cut ?? ArchiveRig.CutOf(log)));
    }

    /// <summary>In small parts, so that the files of a plan are some of many.</summary>
    private static async Task<ArchiveRig> ArchiveAsync(LogOfEvents log)
    {
        var rig = new ArchiveRig { Compaction = new CompactionOptions { Buckets = 1, MaxRecordsPerPart = 10 } };
        for (var partition = 0; partition < log.PartitionCount; partition++)
        {
            for (var i = 0; i < log[partition].Count; i += 10)
                await rig.CaptureAsync(log, partition, 10);
        }

        await rig.CompactAsync(log.PartitionCount);
        return rig;
    }

    private static void AssertOnly(List<RecountRow> rows, params (RecountCause Cause, WindowMetrics Total)[] expected) =>
        Assert.Equal(
            expected.OrderBy(e => e.Cause).Select(e => (e.Cause, e.Total)),
            Enum.GetValues<RecountCause>().Select(cause => (cause, RecountSums.Total(rows, cause))).Where(total => total.Item2 != default));
}

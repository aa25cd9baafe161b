using ClickFuncs.Batch.Recount;
using ClickFuncs.Events;
using ClickFuncs.Processing;
using ClickFuncs.Testing.Events;
using ClickFuncs.Testing.Processing;
using ClickFuncs.Verdicts;
using ClickFuncs.Windows;

namespace ClickFuncs.Batch.Tests.Recount;

/// <summary>What a recount must say, by dictionaries and loops: truth, and what a naive stream counted.</summary>
internal static class PlainTruth
{
    private const long DayMs = 86_400_000;
    private const long HourMs = 3_600_000;

    /// <summary>Truth by hour and key: the first copy by event time, partition and sequence number, unless one of the look-back is before it.</summary>
    public static Dictionary<(long Hour, DimensionKey Key), WindowMetrics> Count(LogOfEvents log, int day, DayCut cut)
    {
        var counts = new Dictionary<(long, DimensionKey), WindowMetrics>();
        var last = cut.Partitions.ToDictionary(p => p.Partition, p => p.LastSequence);
        var from = (day - cut.Policy.LookBackDays) * DayMs;
        var copies = log.Records
            .Where(r => r.Sequence <= last.GetValueOrDefault(r.Partition, -1) && IsValid(r.Event, cut.Policy))
            .Where(r => r.Event.Type != EventType.NonClick && r.Event.TimeMs >= from && r.Event.TimeMs < (day + 1) * DayMs)
            .GroupBy(r => (r.Event.Type, r.Event.ClickId));
        foreach (var copy in copies)
        {
            var first = copy.OrderBy(r => r.Event.TimeMs).ThenBy(r => r.Partition).ThenBy(r => r.Sequence).First().Event;
            if (first.TimeMs >= day * DayMs)
                Add(counts, first, Once(first));
            foreach (var (_, _, e) in copy.Where(r => r.Event.Type == EventType.Click && r.Event.TimeMs >= day * DayMs))
                Add(counts, e, new WindowMetrics { RawClicks = 1 });
        }

        return counts;
    }

    /// <summary>What the stream showed of the day at the cut.</summary>
    public static Dictionary<(long Hour, DimensionKey Key), WindowMetrics> CountStream(LogOfEvents log, int day, DayCut cut)
    {
        var counts = new Dictionary<(long, DimensionKey), WindowMetrics>();
        foreach (var partition in cut.Partitions)
        {
            var stream = new NaiveStream(ToOptions(cut.Policy));
            for (var i = 0; i <= Math.Min(partition.LastSequence, partition.PublishedSequence); i++)
            {
                var e = log[partition.Partition][i];
                stream.Add(i, cut.Quarantined.Contains(new RecordPosition(partition.Partition, i)) ? e with { Raw = [1] } : e);
            }

            AddWindows(counts, stream.Windows.Select(w => (w.Key.WindowStartMs, w.Key.Key, w.Value)), day);
        }

        return counts;
    }

    /// <summary>Sums windows up by hour and key.</summary>
    public static void AddWindows(
        Dictionary<(long, DimensionKey), WindowMetrics> counts, IEnumerable<(long StartMs, DimensionKey Key, WindowMetrics Metrics)> windows, int day)
    {
        foreach (var (start, key, metrics) in windows.Where(w => w.StartMs / DayMs == day))
        {
            var sum = counts.GetValueOrDefault((start - (start % HourMs), key));
            sum.Add(metrics);
            counts[(start - (start % HourMs), key)] = sum;
        }
    }

    public static ProcessorOptions ToOptions(CountingPolicy policy) => new()
    {
        OutOfOrderness = policy.OutOfOrderness,
        AllowedLateness = policy.AllowedLateness,
        DedupHorizon = policy.DedupHorizon,
        FutureTolerance = policy.FutureTolerance,
    };

    public static bool IsValid(TestEvent e, CountingPolicy policy) => e.Raw == null && e.ArrivalDelayMs >= -policy.FutureTolerance.TotalMilliseconds;

    private static WindowMetrics Once(TestEvent e) => e.Type switch
    {
        EventType.Click when e.Verdict.Tier == VerdictTier.Invalid => new WindowMetrics { InvalidClicks = 1 },
        EventType.Click when e.OverBudget => new WindowMetrics { OverBudgetClicks = 1 },
        EventType.Click => new WindowMetrics { Clicks = 1, SpendMicros = e.CostMicros },
        EventType.Impression => new WindowMetrics { Impressions = 1 },
        _ => new WindowMetrics { Conversions = 1 },
    };

    private static void Add(Dictionary<(long, DimensionKey), WindowMetrics> counts, TestEvent e, WindowMetrics metrics)
    {
        var sum = counts.GetValueOrDefault((e.TimeMs - (e.TimeMs % HourMs), e.RowKey));
        sum.Add(metrics);
        counts[(e.TimeMs - (e.TimeMs % HourMs), e.RowKey)] = sum;
    }
}

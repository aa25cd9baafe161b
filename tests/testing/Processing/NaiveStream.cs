using ClickFuncs.Events;
using ClickFuncs.Processing;
using ClickFuncs.State;
using ClickFuncs.Testing.Events;
using ClickFuncs.Verdicts;
using ClickFuncs.Windows;

namespace ClickFuncs.Testing.Processing;

/// <summary>
/// What one partition must count, written down as plainly as the rules are said: one event after the other, dictionaries,
/// no batches, no eviction. Shares nothing with the processor but the event.
/// </summary>
public sealed class NaiveStream(ProcessorOptions options)
{
    private readonly Dictionary<(EventType, string), long> _firstSeenMinute = [];
    private long? _newest;

    /// <summary>Counts per window start and key, of all windows there ever were.</summary>
    public Dictionary<(long WindowStartMs, DimensionKey Key), WindowMetrics> Windows { get; } = [];

    /// <summary>Indexes of the events on each side output.</summary>
    public List<(SideOutputKind Kind, int Index)> SideOutputs { get; } = [];

    public PartitionCounters Counters { get; private set; }

    /// <summary>Takes the event at <paramref name="index"/> of the partition.</summary>
    public void Add(int index, TestEvent e)
    {
        var counters = Counters;
        counters.Read++;
        if (e.Raw != null || e.ArrivalDelayMs < -options.FutureTolerance.TotalMilliseconds)
        {
            counters.Quarantined++;
            SideOutputs.Add((SideOutputKind.Quarantine, index));
            Counters = counters;
            return;
        }

        _newest = Math.Max(_newest ?? long.MinValue, e.TimeMs);
        var newestMinute = _newest.Value / 60_000;
        var start = e.TimeMs / 60_000 * 60_000;
        // Flink: watermark = newest - bound - 1; an element is dropped when watermark >= window end - 1 + lateness.
        var watermark = _newest.Value - (long)options.OutOfOrderness.TotalMilliseconds - 1;
        var isDropped = watermark >= start + 60_000 - 1 + (long)options.AllowedLateness.TotalMilliseconds;
        var identity = (e.Type, e.ClickId);

        if (e.Type == EventType.NonClick)
        {
            counters.NonClicks++;
        }
        else if (_firstSeenMinute.TryGetValue(identity, out var seen) && newestMinute - seen <= Math.Ceiling(options.DedupHorizon.TotalMinutes))
        {
            counters.Duplicates++;
            if (e.Type == EventType.Click && !isDropped)
                Count(start, e.RowKey, new WindowMetrics { RawClicks = 1 });
        }
        else
        {
            _firstSeenMinute[identity] = newestMinute;
            if (isDropped)
            {
                counters.LateDropped++;
                SideOutputs.Add((SideOutputKind.Late, index));
            }
            else
            {
                if (e.Type == EventType.Click && e.Verdict.Tier == VerdictTier.Invalid)
                    counters.Invalid++;
                else
                    counters.Accepted++;
                Count(start, e.RowKey, e.Type switch
                {
                    EventType.Click when e.Verdict.Tier == VerdictTier.Invalid => new WindowMetrics { RawClicks = 1, InvalidClicks = 1 },
                    EventType.Click when e.OverBudget => new WindowMetrics { RawClicks = 1, OverBudgetClicks = 1 },
                    EventType.Click => new WindowMetrics { RawClicks = 1, Clicks = 1, SpendMicros = e.CostMicros },
                    EventType.Impression => new WindowMetrics { Impressions = 1 },
                    _ => new WindowMetrics { Conversions = 1 },
                });
            }
        }

        Counters = counters;
    }

    private void Count(long start, DimensionKey key, WindowMetrics metrics)
    {
        var sum = Windows.GetValueOrDefault((start, key));
        sum.Add(metrics);
        Windows[(start, key)] = sum;
    }
}

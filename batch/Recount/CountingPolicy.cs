using System.ComponentModel.DataAnnotations;
using ClickFuncs.Processing;
using ClickFuncs.Batch.Compaction;

namespace ClickFuncs.Batch.Recount;

/// <summary>
/// The policy that explains the stream's numbers, as docs/architecture.md says it: it must be the one the stream ran with, or differences stay
/// unexplained. The look-back is the recount's own.
/// </summary>
public sealed record CountingPolicy
{
    /// <summary>How far the watermark stays behind the newest event. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan OutOfOrderness { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after that a late event still corrects its minute. Default 15 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan AllowedLateness { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the stream remembers an id, rounded up to whole minutes. Default 24 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan DedupHorizon { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Beyond which events were put aside as coming from the future. Default 5 min. Parts made with another are refused.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan FutureTolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Days before a day in which a copy of an event makes that of the day a repeat. Default 7: links die after a day, and a
    /// retry later than a week would be news.</summary>
    [Range(0, 366)]
    public int LookBackDays { get; init; } = 7;

    /// <summary>The policy of a stream with these settings.</summary>
    public static CountingPolicy Of(ProcessorOptions processor, int lookBackDays)
    {
        ArgumentNullException.ThrowIfNull(processor);
        return new CountingPolicy
        {
            OutOfOrderness = processor.OutOfOrderness,
            AllowedLateness = processor.AllowedLateness,
            DedupHorizon = processor.DedupHorizon,
            FutureTolerance = processor.FutureTolerance,
            LookBackDays = lookBackDays,
        };
    }

    internal long WindowGraceMs => (long)(OutOfOrderness + AllowedLateness).TotalMilliseconds;

    internal long HorizonMinutes => (long)Math.Ceiling(DedupHorizon.TotalMinutes);

    internal long FutureToleranceMs => (long)FutureTolerance.TotalMilliseconds;

    /// <summary>Earliest event time whose copies matter to a day's truth.</summary>
    internal long LookBackStartMs(int day) => EventDays.StartMs(day - LookBackDays);

    /// <summary>Days before a day whose records are looked at first, to tell what the stream remembered: enough for an id that comes and goes.</summary>
    internal int MemoryDays => Math.Max(LookBackDays, (int)Math.Ceiling(2 * DedupHorizon.TotalDays));

    /// <summary>Stream time from which on no window of the day is open any more.</summary>
    internal long WindowsEndMs(int day) => EventDays.StartMs(day + 1) + WindowGraceMs;
}

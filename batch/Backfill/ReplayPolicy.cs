using ClickFuncs.Batch.Recount;
using ClickFuncs.Processing;

namespace ClickFuncs.Batch.Backfill;

/// <summary>How a backfill counts: the stream's options when it was asked for. Part of what it is asked for, so that a run which goes on after a
/// restart counts every partition by the same.</summary>
/// <param name="OutOfOrderness">See <see cref="ProcessorOptions.OutOfOrderness"/>.</param>
/// <param name="AllowedLateness">See <see cref="ProcessorOptions.AllowedLateness"/>.</param>
/// <param name="DedupHorizon">See <see cref="ProcessorOptions.DedupHorizon"/>.</param>
/// <param name="FutureTolerance">See <see cref="ProcessorOptions.FutureTolerance"/>.</param>
public sealed record ReplayPolicy(TimeSpan OutOfOrderness, TimeSpan AllowedLateness, TimeSpan DedupHorizon, TimeSpan FutureTolerance)
{
    /// <summary>The policy in these options.</summary>
    public static ReplayPolicy Of(ProcessorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ReplayPolicy(options.OutOfOrderness, options.AllowedLateness, options.DedupHorizon, options.FutureTolerance);
    }

    /// <summary>The part of a written policy that the stream counts by.</summary>
    public static ReplayPolicy Of(CountingPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new ReplayPolicy(policy.OutOfOrderness, policy.AllowedLateness, policy.DedupHorizon, policy.FutureTolerance);
    }

    /// <summary>Windows that end at or before this are closed for good once the watermark is there; milliseconds since the Unix epoch.</summary>
    internal long ClosedThroughMs(long watermarkMs) => Windows.WatermarkRule.ClosedThrough(watermarkMs, (long)AllowedLateness.TotalMilliseconds);

    internal ProcessorOptions ToOptions() => new()
    {
        OutOfOrderness = OutOfOrderness,
        AllowedLateness = AllowedLateness,
        DedupHorizon = DedupHorizon,
        FutureTolerance = FutureTolerance,
    };
}

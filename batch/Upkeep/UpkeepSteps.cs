using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Batch.Upkeep;

/// <summary>The activities of rollup and retention, by the names that stand in journals.</summary>
public static class UpkeepSteps
{
    private static readonly RetryPolicy Patient = new() { Attempts = 10, MaxDelay = TimeSpan.FromMinutes(2) };

    /// <summary>Says up to when counts can be summed up, milliseconds since the Unix epoch; null before the first event.</summary>
    public static Activity<UpkeepRequest, long?> Through { get; } = new("rollup.through", Patient);

    /// <summary>Sums up a day's worth of what ended by a time; answers whether there may be more.</summary>
    public static Activity<long, bool> RollUp { get; } = new("rollup.step", Patient);

    /// <summary>Deletes a day of minutes or hours or moves a month of days to the lake; answers whether there may be more.</summary>
    public static Activity<UpkeepRequest, bool> Retain { get; } = new("retention.step", Patient);

    /// <summary>Decides, as of a time, which capture files have served theirs; answers what holds others back.</summary>
    public static Activity<DateTimeOffset, string?> Retire { get; } = new("archive.retire", Patient);

    /// <summary>Deletes some of the capture files that have served their time; answers whether there may be more.</summary>
    public static Activity<UpkeepRequest, bool> DeleteCaptures { get; } = new("archive.delete", Patient);
}

/// <summary>What rollup and retention are asked for.</summary>
/// <param name="Due">When they were due.</param>
public sealed record UpkeepRequest(DateTimeOffset Due);

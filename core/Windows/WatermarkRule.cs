namespace ClickFuncs.Windows;

/// <summary>
/// When a window fires and when an event is too late, as Apache Flink defines it: a watermark t says that no event with a
/// time up to t is expected any more. Pure; times are milliseconds since the Unix epoch.
/// </summary>
public static class WatermarkRule
{
    /// <summary>Width of the tumbling windows: [start, start + 60,000).</summary>
    public const long WindowMs = 60_000;

    /// <summary>The watermark after events up to <paramref name="maxEventTimeMs"/>, for bounded out-of-orderness: max - bound - 1.</summary>
    public static long After(long maxEventTimeMs, long outOfOrdernessMs) =>
        maxEventTimeMs == long.MinValue ? long.MinValue : maxEventTimeMs - outOfOrdernessMs - 1;

    /// <summary>Start of the window an event belongs to.</summary>
    public static long WindowStart(long eventTimeMs) => eventTimeMs - (eventTimeMs % WindowMs);

    /// <summary>The window's result is complete but for late events: watermark &gt;= end - 1.</summary>
    public static bool Fires(long windowStartMs, long watermarkMs) => watermarkMs >= windowStartMs + WindowMs - 1;

    /// <summary>
    /// Windows that end at or before this are closed for good and events for them go to the side output. The same as
    /// Flink's watermark &gt;= end - 1 + lateness, solved for the end.
    /// </summary>
    public static long ClosedThrough(long watermarkMs, long allowedLatenessMs) =>
        watermarkMs == long.MinValue ? long.MinValue : watermarkMs + 1 - allowedLatenessMs;
}

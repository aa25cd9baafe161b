namespace ClickFuncs.Analytics;

/// <summary>Arithmetic of point widths.</summary>
public static class Granularities
{
    /// <summary>One minute in milliseconds.</summary>
    public const long MinuteMs = 60_000;

    /// <summary>One hour in milliseconds.</summary>
    public const long HourMs = 60 * MinuteMs;

    /// <summary>One day in milliseconds; UTC has no others here, as Unix time knows no leap seconds.</summary>
    public const long DayMs = 24 * HourMs;

    /// <summary>Width of a point in milliseconds.</summary>
    public static long WidthMs(this Granularity granularity) => granularity switch
    {
        Granularity.Minute => MinuteMs,
        Granularity.Hour => HourMs,
        Granularity.Day => DayMs,
        _ => throw new ArgumentOutOfRangeException(nameof(granularity), granularity, "No such granularity."),
    };

    /// <summary>The start of the aligned interval that holds <paramref name="timeMs"/>; also before 1970.</summary>
    public static long Floor(long timeMs, long widthMs) => timeMs - (((timeMs % widthMs) + widthMs) % widthMs);

    /// <summary>The first aligned time at or after <paramref name="timeMs"/>.</summary>
    public static long Ceiling(long timeMs, long widthMs) => Floor(timeMs + widthMs - 1, widthMs);
}

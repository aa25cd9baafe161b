using System.Globalization;

namespace ClickFuncs.Batch.Compaction;

/// <summary>Days of event time, UTC, as numbers since 1970-01-01: what paths and ranges are made of.</summary>
internal static class EventDays
{
    internal const long DayMs = 86_400_000;

    internal static int Of(long eventTimeMs) => (int)Math.DivRem(eventTimeMs, DayMs).Quotient;

    internal static int Of(DateOnly day) => day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    internal static DateOnly ToDate(int day) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day);

    internal static long StartMs(int day) => day * DayMs;

    internal static string Text(int day) => ToDate(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using System.Globalization;
using ClickFuncs.Analytics.Zones;
using ClickFuncs.Events;

namespace ClickFuncs.Analytics;

/// <summary>
/// Reads a time: ISO-8601, such as <c>2026-07-01</c>, <c>2026-07-01T12:00Z</c> or <c>2026-07-01T12:00:30.5+02:00</c> (UTC
/// unless it says otherwise), or Unix time in seconds or milliseconds. A number of 100,000,000,000 or more is milliseconds:
/// as such it is in 1973 or later, as seconds it would be past the year 5000.
/// </summary>
public static class TimeText
{
    private const long LeastMilliseconds = 100_000_000_000;

    private static readonly string[] Formats =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads a time as milliseconds since the Unix epoch, between 1970 and 9999; a fraction of a millisecond is cut off.</summary>
    public static bool TryParse(string text, out long timeMs) => TryParse(text, null, out timeMs);

    /// <summary>The same; a time without an offset is what the clocks of a place show, or of UTC without a place.</summary>
    public static bool TryParse(string text, TimeZoneInfo? zone, out long timeMs)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            timeMs = number < LeastMilliseconds ? number * 1000 : number;
            return timeMs < EventLimits.MaxEventTimeMs;
        }

        var isTime = DateTimeOffset.TryParseExact(
            text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        timeMs = isTime ? time.ToUnixTimeMilliseconds() : 0;
        if (isTime && zone is not null && DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var local)
            && local.Kind == DateTimeKind.Unspecified)
            timeMs = LocalDays.ToInstant(local, zone);
        return isTime && timeMs >= 0;
    }
}

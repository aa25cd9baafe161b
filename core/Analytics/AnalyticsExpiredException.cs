using System.Globalization;

namespace ClickFuncs.Analytics;

/// <summary>The question needs finer rows than retention has left of that time (R34). The message says how far back they go and what to ask instead.</summary>
public sealed class AnalyticsExpiredException(string message) : AnalyticsQueryException(message)
{
    /// <summary>The exception for a question that needs rows which are gone.</summary>
    /// <param name="gone">The finer tier that would be needed: minutes or hours.</param>
    /// <param name="keptFromMs">From when on its rows are still there, milliseconds since the Unix epoch.</param>
    /// <param name="asked">The width of the points asked for. At least as coarse as what is left, it is the edges of the range that cut through a row.</param>
    public static AnalyticsExpiredException For(Granularity gone, long keptFromMs, Granularity asked)
    {
        var since = DateTimeOffset.FromUnixTimeMilliseconds(keptFromMs).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new AnalyticsExpiredException((gone, asked) switch
        {
            (Granularity.Minute, Granularity.Minute) =>
                $"Counts by the minute go back to {since}; for earlier times ask for granularity 1h or 1d.",
            (Granularity.Minute, _) => $"Counts by the minute go back to {since}; before that, start_time and end_time must be whole hours.",
            (_, Granularity.Day) => $"Counts by the hour go back to {since}; before that, start_time and end_time must be whole days (UTC).",
            _ => $"Counts by the hour go back to {since}; for earlier times ask for granularity 1d.",
        });
    }
}

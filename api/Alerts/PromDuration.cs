using System.Globalization;

namespace ClickFuncs.Api.Alerts;

/// <summary>Durations as Prometheus writes them. Pure.</summary>
internal static class PromDuration
{
    /// <summary><c>90s</c>, <c>5m</c>, <c>1h</c>: whole, in the largest unit that fits.</summary>
    public static string Of(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        return seconds switch
        {
            _ when seconds > 0 && seconds % 3600 == 0 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}h"),
            _ when seconds > 0 && seconds % 60 == 0 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}m"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds}s"),
        };
    }
}

namespace ClickFuncs.Local.Analytics.Retention;

/// <summary>A month whose daily rows were moved to the lake.</summary>
/// <param name="Range">The month.</param>
/// <param name="Path">Its file in the lake.</param>
internal sealed record ArchivedMonth(TimeRange Range, string Path)
{
    /// <summary>The calendar month (UTC) that holds a time.</summary>
    internal static TimeRange Of(long timeMs)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(timeMs);
        var first = new DateTimeOffset(time.Year, time.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return new TimeRange(first.ToUnixTimeMilliseconds(), first.AddMonths(1).ToUnixTimeMilliseconds());
    }
}

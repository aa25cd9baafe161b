namespace ClickFuncs.Analytics;

/// <summary>Ranges that consist of whole hours: what the recount and a backfill work on. Pure.</summary>
public static class HourRange
{
    /// <summary>Throws unless the range is whole hours since 1970, and not empty.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void Check(long fromMs, long toMs)
    {
        if (fromMs < 0 || fromMs >= toMs || fromMs % Granularities.HourMs != 0 || toMs % Granularities.HourMs != 0)
            throw new ArgumentException($"The range from {fromMs} to {toMs} ms must begin and end on the hour, UTC, and not be empty.");
    }
}

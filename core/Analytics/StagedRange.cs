namespace ClickFuncs.Analytics;

/// <summary>Which ranges a backfill may replace. Pure.</summary>
public static class StagedRange
{
    /// <summary>Throws unless the range is whole hours since 1970, and not empty.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void Check(long fromMs, long toMs)
    {
        if (fromMs < 0 || fromMs >= toMs || fromMs % Granularities.HourMs != 0 || toMs % Granularities.HourMs != 0)
            throw new ArgumentException(
                $"The range from {fromMs} to {toMs} ms can't be backfilled: it must begin and end on the hour, UTC, and not be empty.");
    }
}

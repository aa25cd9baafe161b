namespace ClickFuncs.Analytics;

/// <summary>What may be published as a final day. Pure.</summary>
public static class FinalDayRule
{
    /// <summary>Throws unless that is a midnight since 1970 and a revision.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void Check(long dayStartMs, int revision)
    {
        if (dayStartMs < 0 || dayStartMs % Granularities.DayMs != 0)
            throw new ArgumentException($"{dayStartMs} ms is no midnight since 1970, UTC: no day begins there.");
        if (revision < 1)
            throw new ArgumentException($"Revision {revision} of a final day is none: they count from 1.");
    }

    /// <summary>Throws unless a row belongs to an hour of the day.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void CheckHour(long dayStartMs, long startMs)
    {
        if (startMs < dayStartMs || startMs >= dayStartMs + Granularities.DayMs || startMs % Granularities.HourMs != 0)
            throw new ArgumentException($"A final row starts at {startMs} ms, which is no hour of the day that begins at {dayStartMs} ms.");
    }

    /// <summary>The exception for a day with two rows of one hour and key.</summary>
    public static ArgumentException Repeated(long dayStartMs) =>
        new($"The final rows of the day that begins at {dayStartMs} ms hold an hour and key more than once: which of them counts?");
}

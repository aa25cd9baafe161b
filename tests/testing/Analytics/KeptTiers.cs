using ClickFuncs.Analytics;

namespace ClickFuncs.Testing.Analytics;

/// <summary>Whether a question can still be answered, said hour by hour: the oracle for what retention may refuse.</summary>
/// <param name="MinutesFromMs">From when on minutes are kept.</param>
/// <param name="HoursFromMs">From when on hours are kept.</param>
/// <param name="FinalDays">Days that are final.</param>
internal sealed record KeptTiers(long MinutesFromMs, long HoursFromMs, IReadOnlySet<long> FinalDays)
{
    private const long Hour = Granularities.HourMs;
    private const long Day = Granularities.DayMs;

    internal bool CanAnswer(AnalyticsQuery query)
    {
        var from = Granularities.Ceiling(query.FromMs, Granularities.MinuteMs);
        var to = Granularities.Ceiling(query.ToMs, Granularities.MinuteMs);
        // A question that no minute begins in asks for nothing.
        for (var hour = Granularities.Floor(from, Hour); from < to && hour < to; hour += Hour)
        {
            if (!CanAnswer(query, hour, from, to))
                return false;
        }

        return true;
    }

    private bool CanAnswer(AnalyticsQuery query, long hour, long from, long to)
    {
        var day = Granularities.Floor(hour, Day);
        var isWholeHour = hour >= from && hour + Hour <= to;
        var isWholeDay = day >= from && day + Day <= to;
        var byTheDay = isWholeDay && query.Granularity == Granularity.Day;
        var byTheHour = isWholeHour && query.Granularity != Granularity.Minute && hour >= HoursFromMs;
        if (query.Accuracy == Accuracy.Final)
            return !FinalDays.Contains(day) || byTheDay || byTheHour;
        return byTheDay || byTheHour || hour >= MinutesFromMs;
    }
}

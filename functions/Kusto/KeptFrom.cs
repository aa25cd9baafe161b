using System.Text.Json;
using ClickFuncs.Analytics;

namespace ClickFuncs.Functions.Kusto;

/// <summary>From when on fine counts are answered (R34): what lies before is told by coarser rows only. Whole days.</summary>
/// <param name="MinutesMs">Minutes, milliseconds since the Unix epoch.</param>
/// <param name="HoursMs">Hours, of the stream and of the recount; never after <paramref name="MinutesMs"/>.</param>
internal readonly record struct KeptFrom(long MinutesMs, long HoursMs)
{
    /// <summary>Reads it from a row.</summary>
    public static KeptFrom Read(JsonElement row) => new(KustoText.Milliseconds(row[0].GetString()!), KustoText.Milliseconds(row[1].GetString()!));

    /// <summary>Refuses what would take finer rows than are kept.</summary>
    /// <exception cref="AnalyticsExpiredException">It would.</exception>
    public void Require(AnalyticsQuery query, IReadOnlySet<long> finalDays)
    {
        var (from, to) = (Granularities.Ceiling(query.FromMs, Granularities.MinuteMs), Granularities.Ceiling(query.ToMs, Granularities.MinuteMs));
        if (from >= to)
            return;
        for (var day = Granularities.Floor(from, Granularities.DayMs); day < Math.Min(to, MinutesMs); day += Granularities.DayMs)
        {
            // Final rows are asked for where there are some; else there is nothing to refuse.
            if (query.Accuracy == Accuracy.Final && !finalDays.Contains(day))
                continue;
            var isWhole = day >= from && day + Granularities.DayMs <= to;
            if (isWhole && query.Granularity == Granularity.Day)
                continue;
            if (day < HoursMs)
                throw AnalyticsExpiredException.For(Granularity.Hour, HoursMs, query.Granularity);
            var (first, last) = (Math.Max(day, from), Math.Min(day + Granularities.DayMs, to));
            var isWholeHours = first % Granularities.HourMs == 0 && last % Granularities.HourMs == 0;
            if (query.Granularity == Granularity.Minute || !isWholeHours)
                throw AnalyticsExpiredException.For(Granularity.Minute, MinutesMs, query.Granularity);
        }
    }

    /// <summary>Refuses hours that are not kept.</summary>
    /// <exception cref="AnalyticsExpiredException">Some are not.</exception>
    public void RequireHours(long fromMs)
    {
        if (fromMs < HoursMs)
            throw AnalyticsExpiredException.For(Granularity.Hour, HoursMs, Granularity.Hour);
    }
}

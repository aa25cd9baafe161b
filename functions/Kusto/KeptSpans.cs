using ClickFuncs.Analytics;

namespace ClickFuncs.Functions.Kusto;

/// <summary>A part of a range, and the finest width that is kept of it.</summary>
/// <param name="FromMs">Start, milliseconds since the Unix epoch.</param>
/// <param name="ToMs">End, exclusive.</param>
/// <param name="Width">The width.</param>
internal readonly record struct KeptSpans(long FromMs, long ToMs, Granularity Width)
{
    // What one question may ask about: an hour of minutes, 60 hours, 60 days. So many rows of a key at most.
    private const int SpansAtOnce = 60;

    /// <summary>Splits a range of whole hours by what is kept of it, oldest first. Pure.</summary>
    /// <exception cref="AnalyticsExpiredException">It cuts through a day of which only the day is kept.</exception>
    public static IReadOnlyList<KeptSpans> Of(long fromMs, long toMs, KeptFrom kept)
    {
        var daysEnd = Math.Min(toMs, kept.HoursMs);
        if (fromMs < daysEnd && (fromMs % Granularities.DayMs != 0 || daysEnd % Granularities.DayMs != 0))
            throw AnalyticsExpiredException.For(Granularity.Hour, kept.HoursMs, Granularity.Day);
        KeptSpans[] parts =
        [
            new(fromMs, daysEnd, Granularity.Day),
            new(Math.Max(fromMs, kept.HoursMs), Math.Min(toMs, kept.MinutesMs), Granularity.Hour),
            new(Math.Max(fromMs, kept.MinutesMs), toMs, Granularity.Minute),
        ];
        return [.. parts.Where(part => part.FromMs < part.ToMs)];
    }

    /// <summary>Pieces that are small enough to be asked about.</summary>
    public IEnumerable<KeptSpans> Pieces()
    {
        var step = SpansAtOnce * Width.WidthMs();
        for (var start = FromMs; start < ToMs; start += step)
            yield return this with { FromMs = start, ToMs = Math.Min(ToMs, start + step) };
    }

    /// <summary>The question where a piece differs from an area, but for the slice.</summary>
    public KustoQuery Differences(string area, long generation)
    {
        var query = new KustoQuery("Differences").With("area", area).With("generation", generation)
            .WithTime("start", FromMs).WithTime("end", ToMs).WithSpan("width", Width.WidthMs());
        if (Width >= Granularity.Hour)
            query.WithTime("hoursFrom", FromMs).WithTime("hoursTo", ToMs);
        if (Width == Granularity.Day)
            query.WithTime("daysFrom", FromMs).WithTime("daysTo", ToMs);
        return query;
    }
}

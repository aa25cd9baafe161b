using ClickFuncs.Analytics;

namespace ClickFuncs.Local.Analytics;

/// <summary>
/// Which table answers for which part of a range: whole rolled-up days, then whole rolled-up hours, minutes for the rest.
/// Minutes that the log of new versions touches are <see cref="Corrected"/>: there the highest version has to be found.
/// </summary>
internal sealed record ReadPlan(
    IReadOnlyList<TimeRange> Days, IReadOnlyList<TimeRange> Hours, IReadOnlyList<TimeRange> Minutes, IReadOnlyList<TimeRange> Corrected)
{
    /// <summary>Plans a read. Pure.</summary>
    /// <param name="range">What to read, whole minutes.</param>
    /// <param name="coarsest">The coarsest table that still tells the asked points apart.</param>
    /// <param name="rolledUp">What the coarse tables hold.</param>
    /// <param name="touched">Given ranges of minutes: those among them that the log holds rows of.</param>
    internal static ReadPlan Of(
        TimeRange range, Granularity coarsest, RollupState rolledUp, Func<IReadOnlyList<TimeRange>, IReadOnlyList<TimeRange>> touched)
    {
        IReadOnlyList<TimeRange> rest = TimeRanges.Union([range]);
        var days = coarsest == Granularity.Day ? Take(ref rest, rolledUp.Days, Granularities.DayMs) : [];
        var hours = coarsest >= Granularity.Hour ? Take(ref rest, rolledUp.Hours, Granularities.HourMs) : [];
        var corrected = rest.Count == 0 ? [] : TimeRanges.Intersect(rest, touched(rest));
        return new ReadPlan(days, hours, TimeRanges.Subtract(rest, corrected), corrected);
    }

    private static List<TimeRange> Take(ref IReadOnlyList<TimeRange> rest, IReadOnlyList<TimeRange> held, long widthMs)
    {
        var whole = TimeRanges.Union(rest.Select(range => range.Inside(widthMs)));
        var taken = TimeRanges.Intersect(whole, held);
        rest = TimeRanges.Subtract(rest, taken);
        return taken;
    }
}

using ClickFuncs.Analytics;

namespace ClickFuncs.Local.Analytics;

/// <summary>
/// Which table answers for which part of a range. Days that are final are answered by the recount; of the rest the stream's
/// rows: whole rolled-up days, then whole rolled-up hours, then minutes. Parts are disjoint and cover the range.
/// </summary>
internal sealed record ReadPlan
{
    /// <summary>What the recount answers by the day.</summary>
    internal IReadOnlyList<TimeRange> FinalDays { get; private init; } = [];

    /// <summary>What the recount answers by the hour.</summary>
    internal IReadOnlyList<TimeRange> FinalHours { get; private init; } = [];

    /// <summary>Everything that the stream's rows answer: the parts below together.</summary>
    internal IReadOnlyList<TimeRange> Live { get; private init; } = [];

    internal IReadOnlyList<TimeRange> Days { get; private init; } = [];

    internal IReadOnlyList<TimeRange> Hours { get; private init; } = [];

    internal IReadOnlyList<TimeRange> Minutes { get; private init; } = [];

    /// <summary>Minutes that the log of new versions touches: there the highest version has to be found.</summary>
    internal IReadOnlyList<TimeRange> Corrected { get; private init; } = [];

    /// <summary>Whether there is nothing to read.</summary>
    internal bool IsEmpty => Live.Count + FinalDays.Count + FinalHours.Count == 0;

    /// <summary>Plans a read. Pure.</summary>
    /// <param name="range">What to read, whole minutes.</param>
    /// <param name="coarsest">The coarsest table that still tells the asked points apart.</param>
    /// <param name="accuracy">Which truth is asked for.</param>
    /// <param name="tiers">What the tables hold.</param>
    /// <param name="touched">Given ranges of minutes: those among them that the log holds rows of.</param>
    /// <exception cref="AnalyticsExpiredException">A part needs finer rows than are kept.</exception>
    internal static ReadPlan Of(
        TimeRange range, Granularity coarsest, Accuracy accuracy, TierState tiers,
        Func<IReadOnlyList<TimeRange>, IReadOnlyList<TimeRange>> touched)
    {
        IReadOnlyList<TimeRange> asked = TimeRanges.Union([range]);
        var final = OfFinal(asked, coarsest, accuracy, tiers);
        var live = TimeRanges.Subtract(asked, TimeRanges.Union([.. final.FinalDays, .. final.FinalHours]));
        if (accuracy == Accuracy.Final)
        {
            // Of a final day that is only asked for in part, the hours may be gone.
            RequireKept(TimeRanges.Intersect(live, tiers.FinalDays), tiers.Kept, coarsest);
            return final;
        }

        IReadOnlyList<TimeRange> rest = live;
        var days = coarsest == Granularity.Day ? Take(ref rest, tiers.Days, Granularities.DayMs) : [];
        var hours = coarsest >= Granularity.Hour ? Take(ref rest, tiers.Hours, Granularities.HourMs) : [];
        RequireKept(rest, tiers.Kept, coarsest);
        var corrected = rest.Count == 0 ? [] : TimeRanges.Intersect(rest, touched(rest));
        return final with { Live = live, Days = days, Hours = hours, Minutes = TimeRanges.Subtract(rest, corrected), Corrected = corrected };
    }

    private static ReadPlan OfFinal(IReadOnlyList<TimeRange> asked, Granularity coarsest, Accuracy accuracy, TierState tiers)
    {
        if (accuracy == Accuracy.Live || coarsest == Granularity.Minute)
            return new ReadPlan();
        IReadOnlyList<TimeRange> rest = TimeRanges.Intersect(asked, tiers.FinalDays);
        var days = coarsest == Granularity.Day ? Take(ref rest, tiers.FinalDays, Granularities.DayMs) : [];
        var hours = Take(ref rest, [new TimeRange(tiers.Kept.HoursMs, long.MaxValue)], Granularities.HourMs);
        return new ReadPlan { FinalDays = days, FinalHours = hours };
    }

    private static void RequireKept(IReadOnlyList<TimeRange> rest, KeptFrom kept, Granularity asked)
    {
        if (rest.Count == 0 || rest[0].FromMs >= kept.MinutesMs)
            return;
        throw rest[0].FromMs < kept.HoursMs
            ? AnalyticsExpiredException.For(Granularity.Hour, kept.HoursMs, asked)
            : AnalyticsExpiredException.For(Granularity.Minute, kept.MinutesMs, asked);
    }

    private static List<TimeRange> Take(ref IReadOnlyList<TimeRange> rest, IReadOnlyList<TimeRange> held, long widthMs)
    {
        var whole = TimeRanges.Union(rest.Select(range => range.Inside(widthMs)));
        var taken = TimeRanges.Intersect(whole, held);
        rest = TimeRanges.Subtract(rest, taken);
        return taken;
    }
}

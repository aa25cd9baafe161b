using ClickFuncs.Analytics;

namespace ClickFuncs.Local.Analytics.Staging;

/// <summary>A range by what is kept of it: staged minutes meet minutes, or hours, or days.</summary>
internal readonly record struct StagedTiers(TimeRange Minutes, TimeRange Hours, TimeRange Days)
{
    /// <summary>Splits a range of whole hours. Pure.</summary>
    /// <exception cref="AnalyticsExpiredException">It cuts through a day of which only the day is kept.</exception>
    internal static StagedTiers Of(TimeRange range, KeptFrom kept)
    {
        var days = range.Intersect(new TimeRange(0, kept.HoursMs));
        if (!days.IsEmpty && days.Inside(Granularities.DayMs) != days)
            throw AnalyticsExpiredException.For(Granularity.Hour, kept.HoursMs, Granularity.Day);
        return new StagedTiers(
            range.Intersect(new TimeRange(kept.MinutesMs, long.MaxValue)), range.Intersect(new TimeRange(kept.HoursMs, kept.MinutesMs)), days);
    }
}

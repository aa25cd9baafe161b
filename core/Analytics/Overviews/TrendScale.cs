namespace ClickFuncs.Analytics.Overviews;

/// <summary>How the small line of a row divides the range: few enough steps to draw in a table cell, whatever the range. Pure.</summary>
/// <param name="Granularity">What the store is asked for.</param>
/// <param name="StartMs">Start of the first step, milliseconds since the Unix epoch.</param>
/// <param name="StepMs">Width of a step, a multiple of the granularity's.</param>
/// <param name="Steps">Number of steps.</param>
public readonly record struct TrendScale(Granularity Granularity, long StartMs, long StepMs, int Steps)
{
    private const int FewestTimes = 24;
    private const int MostSteps = 48;

    /// <summary>The scale of a range.</summary>
    /// <param name="fromMs">Start of the range, milliseconds since the Unix epoch.</param>
    /// <param name="toMs">Its end, exclusive.</param>
    /// <param name="finest">What the range itself is asked for by. Finer rows may be gone already.</param>
    public static TrendScale Of(long fromMs, long toMs, Granularity finest)
    {
        var granularity = Times(Granularity.Day) >= FewestTimes ? Granularity.Day
            : finest < Granularity.Day && Times(Granularity.Hour) >= FewestTimes ? Granularity.Hour
            : finest;
        var merged = (Times(granularity) + MostSteps - 1) / MostSteps;
        var step = granularity.WidthMs() * merged;
        var start = Granularities.Floor(fromMs, granularity.WidthMs());
        return new TrendScale(granularity, start, step, (int)((toMs - start + step - 1) / step));

        long Times(Granularity width) =>
            (Granularities.Ceiling(toMs, width.WidthMs()) - Granularities.Floor(fromMs, width.WidthMs())) / width.WidthMs();
    }

    /// <summary>Clicks per step for each group of the points.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> Trends(IReadOnlyList<AnalyticsPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var trends = new Dictionary<string, long[]>(StringComparer.Ordinal);
        foreach (var point in points)
        {
            if (!trends.TryGetValue(point.Group[0], out var trend))
                trends[point.Group[0]] = trend = new long[Steps];
            trend[(point.StartMs - StartMs) / StepMs] += point.Metrics.Clicks;
        }

        return trends.ToDictionary(trend => trend.Key, IReadOnlyList<long> (trend) => trend.Value, StringComparer.Ordinal);
    }
}

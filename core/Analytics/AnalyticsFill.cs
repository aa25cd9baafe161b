using ClickFuncs.Analytics.Zones;

namespace ClickFuncs.Analytics;

/// <summary>Adds the points where nothing happened, for charts that draw zero. Pure.</summary>
public static class AnalyticsFill
{
    /// <summary>
    /// Every group and currency of the answer gets a point at every time of the range. Without groups and points there is
    /// one series of zeros without a currency. A zero is as true as the points beside it at its time, else as the answer.
    /// </summary>
    /// <exception cref="AnalyticsLimitException">That would be more than <paramref name="maxPoints"/> points.</exception>
    public static IReadOnlyList<AnalyticsPoint> Apply(
        AnalyticsQuery query, IReadOnlyList<AnalyticsPoint> points, int maxPoints = AnalyticsLimitException.DefaultMaxPoints)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(points);
        var series = Series(query, points);
        var times = Times(query).Take(maxPoints + 1).ToList();
        if ((Int128)times.Count * series.Count > maxPoints)
            throw AnalyticsLimitException.ForPoints(maxPoints);

        var filled = new List<AnalyticsPoint>(times.Count * series.Count);
        var next = 0;
        var whole = AnswerAccuracy.Of(query, points);
        foreach (var start in times)
        {
            var accuracy = next < points.Count && points[next].StartMs == start ? points[next].Accuracy : whole;
            foreach (var zero in series)
            {
                var point = zero with { StartMs = start, Accuracy = accuracy };
                var exists = next < points.Count && AnalyticsPointOrder.Instance.Compare(points[next], point) == 0;
                filled.Add(exists ? points[next++] : point);
            }
        }

        return filled;
    }

    private static IEnumerable<long> Times(AnalyticsQuery query)
    {
        var from = Granularities.Ceiling(query.FromMs, Granularities.MinuteMs);
        if (query is { Zone: { } zone, Granularity: Granularity.Day })
        {
            for (var start = LocalDays.StartOfDay(from, zone); start < query.ToMs; start = LocalDays.StartOfNextDay(start, zone))
                yield return start;
            yield break;
        }

        var width = query.Granularity.WidthMs();
        for (var start = Granularities.Floor(from, width); start < query.ToMs; start += width)
            yield return start;
    }

    private static SortedSet<AnalyticsPoint> Series(AnalyticsQuery query, IReadOnlyList<AnalyticsPoint> points)
    {
        var series = new SortedSet<AnalyticsPoint>(AnalyticsPointOrder.Instance);
        foreach (var point in points)
            series.Add(new AnalyticsPoint(0, point.Group, point.Currency, default, default));
        if (series.Count == 0 && query.GroupBy.Count == 0)
            series.Add(new AnalyticsPoint(0, [], "", default, default));
        return series;
    }
}

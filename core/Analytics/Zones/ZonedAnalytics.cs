using ClickFuncs.Windows;

namespace ClickFuncs.Analytics.Zones;

/// <summary>
/// Answers by the day of a place. Stored days are UTC's, so the answer is made of hours, or of minutes where the place's offset is no whole
/// number of hours: it goes back as far as these are kept.
/// </summary>
public static class ZonedAnalytics
{
    /// <summary>What the store is asked for a query by day of a place.</summary>
    public static Granularity Parts(TimeZoneInfo zone, long fromMs, long toMs) =>
        LocalDays.HasWholeHours(zone, fromMs, toMs) ? Granularity.Hour : Granularity.Minute;

    /// <summary>Answers a query; one without a zone, or not by the day, as the store does.</summary>
    /// <exception cref="AnalyticsQueryException">As the store says.</exception>
    public static async ValueTask<AnalyticsAnswer> QueryZonedAsync(this IAnalyticsStore store, AnalyticsQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(query);
        if (query.Zone is not { } zone || query.Granularity != Granularity.Day)
            return await store.QueryAsync(query, cancellationToken);
        var answer = await store.QueryAsync(query with { Granularity = Parts(zone, query.FromMs, query.ToMs) }, cancellationToken);
        return answer with { Points = ByDay(answer.Points, zone) };
    }

    /// <summary>Adds points up to local days; a day is final if all of it is. Pure.</summary>
    public static IReadOnlyList<AnalyticsPoint> ByDay(IReadOnlyList<AnalyticsPoint> points, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(points);
        var days = new SortedDictionary<AnalyticsPoint, (WindowMetrics Metrics, Accuracy Accuracy)>(AnalyticsPointOrder.Instance);
        long start = 0, end = long.MinValue;
        foreach (var point in points)
        {
            // Points come in the order of time.
            if (point.StartMs >= end)
                (start, end) = (LocalDays.StartOfDay(point.StartMs, zone), LocalDays.StartOfNextDay(point.StartMs, zone));
            var day = point with { StartMs = start, Metrics = default, Accuracy = default };
            if (!days.TryGetValue(day, out var sum))
                sum = (default, point.Accuracy);
            sum.Metrics.Add(point.Metrics);
            days[day] = (sum.Metrics, sum.Accuracy == point.Accuracy ? sum.Accuracy : Accuracy.Live);
        }

        return [.. days.Select(day => day.Key with { Metrics = day.Value.Metrics, Accuracy = day.Value.Accuracy })];
    }
}

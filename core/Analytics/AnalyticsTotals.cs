using ClickFuncs.Windows;

namespace ClickFuncs.Analytics;

/// <summary>Sums an answer up. Pure.</summary>
public static class AnalyticsTotals
{
    /// <summary>The sum of all points per currency, ordered by currency (ordinal).</summary>
    public static IReadOnlyList<(string Currency, WindowMetrics Metrics)> Of(IReadOnlyList<AnalyticsPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var totals = new SortedDictionary<string, WindowMetrics>(StringComparer.Ordinal);
        foreach (var point in points)
        {
            totals.TryGetValue(point.Currency, out var sum);
            sum.Add(point.Metrics);
            totals[point.Currency] = sum;
        }

        return [.. totals.Select(total => (total.Key, total.Value))];
    }
}

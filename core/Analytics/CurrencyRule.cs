using ClickFuncs.Windows;

namespace ClickFuncs.Analytics;

/// <summary>
/// What to do with counts that have no currency, such as impressions: when the answer knows exactly one currency they join
/// it; with several, or none, they stay points of their own, since adding them to one of several would be arbitrary. Pure.
/// </summary>
public static class CurrencyRule
{
    /// <summary>Applies the rule to a whole answer.</summary>
    /// <param name="points">All points, in <see cref="AnalyticsPointOrder"/>.</param>
    /// <returns>The points after it, in the same order.</returns>
    public static IReadOnlyList<AnalyticsPoint> Apply(IReadOnlyList<AnalyticsPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return OnlyCurrency(points) is { } currency ? Join(points, currency) : points;
    }

    private static string? OnlyCurrency(IReadOnlyList<AnalyticsPoint> points)
    {
        string? found = null;
        foreach (var point in points)
        {
            if (point.Currency.Length == 0)
                continue;
            if (found is not null && found != point.Currency)
                return null;
            found = point.Currency;
        }

        return found;
    }

    private static List<AnalyticsPoint> Join(IReadOnlyList<AnalyticsPoint> points, string currency)
    {
        var joined = new List<AnalyticsPoint>(points.Count);
        foreach (var point in points)
        {
            var next = point is { Currency.Length: 0, Metrics.SpendMicros: 0 } ? point with { Currency = currency } : point;

            // The empty currency sorts first, so what it joins comes right after it.
            if (joined.Count > 0 && AnalyticsPointOrder.Instance.Compare(joined[^1], next) == 0)
            {
                var sum = joined[^1].Metrics;
                sum.Add(next.Metrics);
                joined[^1] = next with { Metrics = sum };
            }
            else
            {
                joined.Add(next);
            }
        }

        return joined;
    }
}

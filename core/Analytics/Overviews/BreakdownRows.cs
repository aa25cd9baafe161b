using ClickFuncs.Windows;

namespace ClickFuncs.Analytics.Overviews;

/// <summary>Makes the rows of a breakdown from points that are grouped by its dimension. Pure.</summary>
public static class BreakdownRows
{
    /// <summary>All rows, in the order asked for; rows that are equal in it are ordered by value and currency, so that pages are stable.</summary>
    public static IReadOnlyList<BreakdownRow> Of(BreakdownQuery query, IReadOnlyList<AnalyticsPoint> points)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(points);
        var sums = new Dictionary<(string Value, string Currency), (WindowMetrics Metrics, Accuracy Accuracy)>();
        foreach (var point in points)
        {
            var id = (point.Group[0], point.Currency);
            var sum = sums.TryGetValue(id, out var found) ? found : (default, Accuracy.Final);
            sum.Metrics.Add(point.Metrics);
            sums[id] = (sum.Metrics, point.Accuracy == Accuracy.Final ? sum.Accuracy : Accuracy.Live);
        }

        var rows = sums.Select(sum => new BreakdownRow(sum.Key.Value, sum.Key.Currency, sum.Value.Metrics, sum.Value.Accuracy)).ToList();
        rows.Sort((x, y) => Compare(query, x, y));
        return rows;
    }

    private static int Compare(BreakdownQuery query, BreakdownRow x, BreakdownRow y)
    {
        var order = query.OrderBy.IsMoney() ? string.CompareOrdinal(x.Currency, y.Currency) : 0;
        if (order == 0)
            order = Compare(query.OrderBy.Of(x.Metrics), query.OrderBy.Of(y.Metrics), query.IsAscending);
        if (order == 0)
            order = string.CompareOrdinal(x.Value, y.Value);
        return order != 0 ? order : string.CompareOrdinal(x.Currency, y.Currency);
    }

    private static int Compare(decimal? x, decimal? y, bool isAscending) => (x, y) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        var (a, b) => isAscending ? a.Value.CompareTo(b.Value) : b.Value.CompareTo(a.Value),
    };
}

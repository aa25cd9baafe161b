using ClickFuncs.Batch.Recount;
using ClickFuncs.Windows;

namespace ClickFuncs.Batch.Tests.Recount;

/// <summary>Adds recount rows up, and compares sums by hour and key.</summary>
internal static class RecountSums
{
    public static Dictionary<(long Hour, DimensionKey Key), WindowMetrics> Of(IEnumerable<RecountRow> rows, Func<RecountCause, int> sign)
    {
        var sums = new Dictionary<(long, DimensionKey), WindowMetrics>();
        foreach (var row in rows)
        {
            var sum = sums.GetValueOrDefault((row.HourMs, row.Key));
            sum.Add(Times(row.Metrics, sign(row.Cause)));
            sums[(row.HourMs, row.Key)] = sum;
        }

        return sums;
    }

    /// <summary>Truth alone.</summary>
    public static Dictionary<(long Hour, DimensionKey Key), WindowMetrics> Truth(IEnumerable<RecountRow> rows) =>
        Of(rows, cause => cause == RecountCause.Truth ? 1 : 0);

    /// <summary>Truth without all that is explained: what the stream must have shown.</summary>
    public static Dictionary<(long Hour, DimensionKey Key), WindowMetrics> Stream(IEnumerable<RecountRow> rows) =>
        Of(rows.Where(row => row.Cause != RecountCause.EarlierDay), cause => cause == RecountCause.Truth ? 1 : -1);

    public static WindowMetrics Total(IEnumerable<RecountRow> rows, RecountCause cause)
    {
        var sum = default(WindowMetrics);
        foreach (var row in rows.Where(row => row.Cause == cause))
            sum.Add(row.Metrics);
        return sum;
    }

    public static void AssertEqual(
        Dictionary<(long Hour, DimensionKey Key), WindowMetrics> expected, Dictionary<(long Hour, DimensionKey Key), WindowMetrics> actual, string message)
    {
        foreach (var key in expected.Keys.Concat(actual.Keys).Distinct())
            Assert.True(expected.GetValueOrDefault(key) == actual.GetValueOrDefault(key), $"{message}: {key} expected {expected.GetValueOrDefault(key)}, got {actual.GetValueOrDefault(key)}");
    }

    private static WindowMetrics Times(WindowMetrics metrics, int sign) => new()
    {
        Impressions = metrics.Impressions * sign,
        RawClicks = metrics.RawClicks * sign,
        Clicks = metrics.Clicks * sign,
        Conversions = metrics.Conversions * sign,
        SpendMicros = metrics.SpendMicros * sign,
        InvalidClicks = metrics.InvalidClicks * sign,
        OverBudgetClicks = metrics.OverBudgetClicks * sign,
    };
}

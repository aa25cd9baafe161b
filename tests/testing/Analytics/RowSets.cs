using ClickFuncs.Windows;

namespace ClickFuncs.Testing.Analytics;

/// <summary>Makes row sets for tests.</summary>
public static class RowSets
{
    /// <summary>An advertiser's key with everything known.</summary>
    public static readonly DimensionKey Key = new("adv_1", "cmp_1", "grp_1", "ad_1", "cr_1", "USD", "mobile", "NO");

    /// <summary>Counts made from clicks, with the others in a fixed proportion, so that a mix-up of columns shows.</summary>
    public static WindowMetrics Clicks(long clicks) => new()
    {
        Impressions = clicks * 10, RawClicks = clicks * 2, Clicks = clicks, Conversions = clicks / 2, SpendMicros = clicks * 450_000,
    };

    /// <summary>A row set with the given rows.</summary>
    public static WindowRowSet Of(int partition, long version, params ReadOnlySpan<(long StartMs, DimensionKey Key, WindowMetrics Metrics)> rows)
    {
        var set = new WindowRowSet { Partition = partition, Version = version };
        foreach (var (startMs, key, metrics) in rows)
        {
            set.Add(startMs, key.Encode(), metrics);
            set.WatermarkMs = Math.Max(set.WatermarkMs, startMs);
        }

        return set;
    }
}

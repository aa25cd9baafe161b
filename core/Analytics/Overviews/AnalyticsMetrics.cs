using System.Collections.Frozen;
using ClickFuncs.Windows;

namespace ClickFuncs.Analytics.Overviews;

/// <summary>Names and values of the metrics.</summary>
public static class AnalyticsMetrics
{
    private static readonly FrozenDictionary<string, AnalyticsMetric> ByName =
        Enum.GetValues<AnalyticsMetric>().ToFrozenDictionary(Name, StringComparer.Ordinal);

    /// <summary>All names, for messages and help.</summary>
    public static string Names { get; } = string.Join(", ", Enum.GetValues<AnalyticsMetric>().Select(Name));

    /// <summary>Name of a metric, the same as the field of a point.</summary>
    public static string Name(this AnalyticsMetric metric) => metric switch
    {
        AnalyticsMetric.Impressions => "impressions",
        AnalyticsMetric.Clicks => "clicks",
        AnalyticsMetric.RawClicks => "raw_clicks",
        AnalyticsMetric.Conversions => "conversions",
        AnalyticsMetric.Spend => "total_spend",
        AnalyticsMetric.ClickThrough => "ctr",
        AnalyticsMetric.Conversion => "cvr",
        AnalyticsMetric.CostPerClick => "cpc",
        AnalyticsMetric.DuplicateClicks => "duplicate_clicks",
        AnalyticsMetric.InvalidClicks => "invalid_clicks",
        AnalyticsMetric.OverBudgetClicks => "over_budget_clicks",
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "No such metric."),
    };

    /// <summary>Reads a metric's name.</summary>
    public static bool TryParse(string name, out AnalyticsMetric metric) => ByName.TryGetValue(name, out metric);

    /// <summary>Whether it is an amount of money, which has an order only among amounts of its currency.</summary>
    public static bool IsMoney(this AnalyticsMetric metric) => metric is AnalyticsMetric.Spend or AnalyticsMetric.CostPerClick;

    /// <summary>Its value; null where the divisor of a ratio is 0.</summary>
    public static decimal? Of(this AnalyticsMetric metric, in WindowMetrics counts) => metric switch
    {
        AnalyticsMetric.Impressions => counts.Impressions,
        AnalyticsMetric.Clicks => counts.Clicks,
        AnalyticsMetric.RawClicks => counts.RawClicks,
        AnalyticsMetric.Conversions => counts.Conversions,
        AnalyticsMetric.Spend => Ratios.Spend(counts),
        AnalyticsMetric.ClickThrough => Ratios.ClickThrough(counts),
        AnalyticsMetric.Conversion => Ratios.Conversion(counts),
        AnalyticsMetric.CostPerClick => Ratios.CostPerClick(counts),
        AnalyticsMetric.DuplicateClicks => counts.DuplicateClicks,
        AnalyticsMetric.InvalidClicks => counts.InvalidClicks,
        AnalyticsMetric.OverBudgetClicks => counts.OverBudgetClicks,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "No such metric."),
    };
}

using ClickFuncs.Analytics.Overviews;

namespace ClickFuncs.Analytics;

/// <summary>A question to the analytics store.</summary>
public sealed record AnalyticsQuery
{
    /// <summary>Whose numbers.</summary>
    public required string AdvertiserId { get; init; }

    /// <summary>Start of the range, inclusive, milliseconds since the Unix epoch. Windows that start in the range count, whole minutes.</summary>
    public required long FromMs { get; init; }

    /// <summary>End of the range, exclusive.</summary>
    public required long ToMs { get; init; }

    /// <summary>Width of a point.</summary>
    public required Granularity Granularity { get; init; }

    /// <summary>Dimensions each point is split by, in the order of the answer.</summary>
    public IReadOnlyList<Dimension> GroupBy { get; init; } = [];

    /// <summary>Allowed values per dimension: a row counts when, for every entry, its value is one of them. The empty string matches unknown.</summary>
    public IReadOnlyDictionary<Dimension, IReadOnlyList<string>> Filters { get; init; } =
        new Dictionary<Dimension, IReadOnlyList<string>>();

    /// <summary>The place whose days points of a day are; null for UTC's. Stores answer in UTC, see <see cref="Zones.ZonedAnalytics"/>.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>The metrics to answer with, in the order of the answer's fields. Stores count all of them: it is the answer that is cut down.</summary>
    public IReadOnlyList<AnalyticsMetric> Metrics { get; init; } = AnalyticsMetrics.All;

    /// <summary>Which truth is asked for.</summary>
    public Accuracy Accuracy { get; init; } = Accuracy.Auto;
}

namespace ClickFuncs.Analytics;

/// <summary>An analytics query as it arrives: strings from a URL or a command line, absent ones null.</summary>
public sealed record AnalyticsQueryText
{
    /// <summary>Whose numbers; required.</summary>
    public string? AdvertiserId { get; init; }

    /// <summary>Start of the range, inclusive; required. See <see cref="TimeText"/> for the forms.</summary>
    public string? StartTime { get; init; }

    /// <summary>End of the range, exclusive; required.</summary>
    public string? EndTime { get; init; }

    /// <summary><c>1m</c>, <c>1h</c> or <c>1d</c>; required.</summary>
    public string? Granularity { get; init; }

    /// <summary>IANA name of the place whose days count and whose clock times without offset are; null for UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Names of dimensions; an entry may hold several, separated by commas.</summary>
    public IReadOnlyList<string> GroupBy { get; init; } = [];

    /// <summary>Dimension name and one allowed value; the same name again allows another value. A value is taken as it is.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Filters { get; init; } = [];

    /// <summary>Names of the metrics to answer with; an entry may hold several, separated by commas. None for all.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary><c>auto</c> (default), <c>live</c> or <c>final</c>.</summary>
    public string? Accuracy { get; init; }
}

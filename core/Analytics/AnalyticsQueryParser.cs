using ClickFuncs.Analytics.Overviews;
using ClickFuncs.Analytics.Zones;

namespace ClickFuncs.Analytics;

/// <summary>Reads and validates an analytics query, all errors at once. Shared by HTTP and command line. Pure.</summary>
public static class AnalyticsQueryParser
{
    /// <summary>Most times a range may have. It bounds the work and the answer of one query: 694 days of minutes.</summary>
    public const int MaxTimes = 1_000_000;

    /// <summary>Most values all filters may list together.</summary>
    public const int MaxFilterValues = 1_000;

    /// <summary>Reads the query.</summary>
    public static AnalyticsQueryResult Parse(AnalyticsQueryText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var errors = new List<string>();
        if (string.IsNullOrEmpty(text.AdvertiserId))
            errors.Add("advertiser_id is missing.");
        var zone = Zone(text.TimeZone, errors);
        var from = Time("start_time", text.StartTime, zone, errors);
        var to = Time("end_time", text.EndTime, zone, errors);
        var granularity = Granularity(text.Granularity, errors);
        CheckRange(from, to, granularity, errors);
        var groupBy = GroupBy(text.GroupBy, errors);
        var filters = Filters(text.Filters, errors);
        var metrics = Metrics(text.Metrics, errors);
        var accuracy = Analytics.Accuracy.Auto;
        if (text.Accuracy is not null && !AnalyticsVocabulary.TryParseAccuracy(text.Accuracy, out accuracy))
            errors.Add($"accuracy is '{text.Accuracy}'; it must be auto, live or final.");
        errors.AddRange(FinalQueryRule.Problems(accuracy, Parts(granularity, zone, from, to), from, to));
        if (errors.Count > 0)
            return new AnalyticsQueryResult(null, errors);
        return new AnalyticsQueryResult(
            new AnalyticsQuery
            {
                AdvertiserId = text.AdvertiserId!,
                FromMs = from!.Value,
                ToMs = to!.Value,
                Granularity = granularity!.Value,
                GroupBy = groupBy,
                Filters = filters,
                Metrics = metrics,
                Accuracy = accuracy,
                Zone = zone,
            },
            []);
    }

    private static TimeZoneInfo? Zone(string? name, List<string> errors)
    {
        if (name is null)
            return null;
        if (LocalDays.TryFind(name, out var zone))
            return zone;
        errors.Add($"time_zone is '{name}'; it must be an IANA name, such as Europe/Oslo.");
        return null;
    }

    // What a question by day of a place is answered from.
    private static Granularity? Parts(Granularity? granularity, TimeZoneInfo? zone, long? from, long? to) =>
        granularity == Analytics.Granularity.Day && zone is not null && from is { } fromMs && to is { } toMs && fromMs < toMs
            ? ZonedAnalytics.Parts(zone, fromMs, toMs)
            : granularity;

    private static long? Time(string name, string? text, TimeZoneInfo? zone, List<string> errors)
    {
        if (string.IsNullOrEmpty(text))
            errors.Add($"{name} is missing.");
        else if (TimeText.TryParse(text, zone, out var time))
            return time;
        else
            errors.Add($"{name} is '{text}'; it must be ISO-8601, such as 2026-07-01T12:00:00Z, or Unix time in seconds or milliseconds.");
        return null;
    }

    private static Granularity? Granularity(string? text, List<string> errors)
    {
        if (string.IsNullOrEmpty(text))
            errors.Add("granularity is missing; it must be 1m, 1h or 1d.");
        else if (AnalyticsVocabulary.TryParseGranularity(text, out var granularity))
            return granularity;
        else
            errors.Add($"granularity is '{text}'; it must be 1m, 1h or 1d.");
        return null;
    }

    private static void CheckRange(long? from, long? to, Granularity? granularity, List<string> errors)
    {
        if (from >= to)
            errors.Add("start_time must be before end_time.");
        else if (granularity is { } width && (to - from) / width.WidthMs() > MaxTimes)
            errors.Add(FormattableString.Invariant($"The range has more than {MaxTimes:N0} points; ask for a shorter range or a coarser granularity."));
    }

    private static IReadOnlyList<AnalyticsMetric> Metrics(IReadOnlyList<string> names, List<string> errors)
    {
        if (names.Count == 0)
            return AnalyticsMetrics.All;
        var chosen = new SortedSet<AnalyticsMetric>();
        foreach (var name in names.SelectMany(entry => entry.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (!AnalyticsMetrics.TryParse(name, out var metric))
                errors.Add($"metrics has no '{name}'; it may be {AnalyticsMetrics.Names}.");
            else if (!chosen.Add(metric))
                errors.Add($"metrics names {name} twice.");
        }

        return [.. chosen];
    }

    private static List<Dimension> GroupBy(IReadOnlyList<string> names, List<string> errors)
    {
        var dimensions = new List<Dimension>();
        foreach (var name in names.SelectMany(entry => entry.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (!AnalyticsVocabulary.TryParseDimension(name, out var dimension))
                errors.Add($"group_by has no '{name}'; it may be {AnalyticsVocabulary.DimensionNames}.");
            else if (dimensions.Contains(dimension))
                errors.Add($"group_by names {name} twice.");
            else
                dimensions.Add(dimension);
        }

        return dimensions;
    }

    private static Dictionary<Dimension, IReadOnlyList<string>> Filters(
        IReadOnlyList<KeyValuePair<string, string>> entries, List<string> errors)
    {
        var filters = new Dictionary<Dimension, IReadOnlyList<string>>();
        foreach (var byName in entries.GroupBy(entry => entry.Key, entry => entry.Value))
        {
            if (AnalyticsVocabulary.TryParseDimension(byName.Key, out var dimension))
                filters.Add(dimension, [.. byName.Distinct()]);
            else
                errors.Add($"There is no filter '{byName.Key}'; it may be {AnalyticsVocabulary.DimensionNames}.");
        }

        if (entries.Count > MaxFilterValues)
            errors.Add(FormattableString.Invariant($"The filters list {entries.Count:N0} values; at most {MaxFilterValues:N0} are allowed."));
        return filters;
    }
}

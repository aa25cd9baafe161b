using System.Text.Json;
using ClickFuncs.Analytics;

namespace ClickFuncs.Functions.Kusto;

/// <summary>A question to the analytics store as <c>Points.kql</c> takes it, and its rows as an answer. Pure.</summary>
public static class PointsQuestion
{
    private static readonly (Dimension Dimension, string By, string Set)[] Dimensions =
    [
        (Dimension.Campaign, "byCampaign", "campaigns"), (Dimension.AdGroup, "byAdGroup", "adGroups"), (Dimension.Ad, "byAd", "ads"),
        (Dimension.Creative, "byCreative", "creatives"), (Dimension.Device, "byDevice", "devices"), (Dimension.Country, "byCountry", "countries"),
        (Dimension.Reason, "byReason", "reasons"),
    ];

    /// <summary>The query.</summary>
    public static KustoQuery Of(AnalyticsQuery query, int maxPoints)
    {
        ArgumentNullException.ThrowIfNull(query);
        var (from, to) = FinalHours(query);
        var (hours, days) = (Whole(query, Granularity.Hour), Whole(query, Granularity.Day));
        var asked = new KustoQuery("Points").With("advertiser", query.AdvertiserId)
            .WithTime("start", query.FromMs).WithTime("end", query.ToMs).WithSpan("width", query.Granularity.WidthMs())
            .With("readLive", query.Accuracy != Accuracy.Final).With("readFinal", from < to)
            .WithTime("finalFrom", from).WithTime("finalTo", to)
            .WithTime("hoursFrom", hours.FromMs).WithTime("hoursTo", hours.ToMs).WithTime("daysFrom", days.FromMs).WithTime("daysTo", days.ToMs)
            .With("maxPoints", maxPoints);
        foreach (var (dimension, by, set) in Dimensions)
        {
            asked.With(by, query.GroupBy.Contains(dimension));
            if (query.Filters.TryGetValue(dimension, out var values))
                asked.WithSet(set, values);
            else
                asked.WithNone(set);
        }

        return asked;
    }

    /// <summary>The answer.</summary>
    /// <exception cref="AnalyticsLimitException">There are too many points.</exception>
    /// <exception cref="AnalyticsExpiredException">It would take finer rows than are kept.</exception>
    public static AnalyticsAnswer Read(AnalyticsQuery query, IReadOnlyList<IReadOnlyList<JsonElement>> results, int maxPoints, TimeSpan idleTimeout)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(results);
        var finalDays = results[1].Select(row => KustoText.Milliseconds(row[0].GetString()!)).ToHashSet();
        KeptFrom.Read(results[3][0]).Require(query, finalDays);
        if (results[0].Count > maxPoints)
            throw AnalyticsLimitException.ForPoints(maxPoints);
        var points = results[0].Select(row => PointOf(query, row, finalDays)).Order(AnalyticsPointOrder.Instance).ToList();
        var freshness = results[2].Select(row => new PartitionFreshness(row[2].GetInt64(), row[3].GetInt64())).ToList();
        return new AnalyticsAnswer(CurrencyRule.Apply(points), OverallWatermark.Of(freshness, idleTimeout), OverallWatermark.AsOf(freshness));
    }

    /// <summary>The hours that the recount may answer: those of which every minute is asked for. Empty when it may answer none.</summary>
    public static (long FromMs, long ToMs) FinalHours(AnalyticsQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Accuracy == Accuracy.Live || query.Granularity == Granularity.Minute)
            return (0, 0);
        var from = Granularities.Ceiling(query.FromMs, Granularities.HourMs);
        // The last minute that starts in the range ends it.
        var to = Granularities.Floor(Granularities.Ceiling(query.ToMs, Granularities.MinuteMs), Granularities.HourMs);
        return from < to ? (from, to) : (0, 0);
    }

    // The whole hours or days of the range that sums of this width may answer; empty if points are finer.
    private static (long FromMs, long ToMs) Whole(AnalyticsQuery query, Granularity sums)
    {
        if (query.Granularity < sums)
            return (0, 0);
        var from = Granularities.Ceiling(query.FromMs, sums.WidthMs());
        var to = Granularities.Floor(Granularities.Ceiling(query.ToMs, Granularities.MinuteMs), sums.WidthMs());
        return from < to ? (from, to) : (0, 0);
    }

    private static AnalyticsPoint PointOf(AnalyticsQuery query, JsonElement row, HashSet<long> finalDays)
    {
        var start = KustoText.Milliseconds(row[0].GetString()!);
        var values = Dimensions.Select((entry, i) => (entry.Dimension, Value: row[i + 1].GetString()!)).ToDictionary(entry => entry.Dimension, entry => entry.Value);
        return new AnalyticsPoint(
            start, [.. query.GroupBy.Select(dimension => values[dimension])], row[8].GetString()!, KustoRows.Metrics(row, 9), AccuracyOf(query, start, finalDays));
    }

    // Final if every hour of the point that lies in the range is.
    private static Accuracy AccuracyOf(AnalyticsQuery query, long startMs, HashSet<long> finalDays)
    {
        var (from, to) = FinalHours(query);
        var first = Math.Max(startMs, Granularities.Ceiling(query.FromMs, Granularities.MinuteMs));
        var end = Math.Min(startMs + query.Granularity.WidthMs(), Granularities.Ceiling(query.ToMs, Granularities.MinuteMs));
        return first >= from && end <= to && finalDays.Contains(Granularities.Floor(startMs, Granularities.DayMs)) ? Accuracy.Final : Accuracy.Live;
    }
}

using System.Globalization;
using System.Text.Json;
using ClickFuncs.Analytics.Overviews;
using ClickFuncs.Windows;

namespace ClickFuncs.Analytics;

/// <summary>Writes an answer as the JSON of the analytics contract, the same over HTTP and on the command line.</summary>
public static class AnalyticsJson
{
    /// <summary>Writes the answer. Money has two to six decimals and is exact; a ratio whose divisor is 0 is null.</summary>
    /// <param name="writer">Where to; not flushed.</param>
    /// <param name="query">The question.</param>
    /// <param name="answer">What the store said.</param>
    /// <param name="fill">Whether to add zero points for times where nothing happened.</param>
    /// <exception cref="AnalyticsLimitException">Filling would give too many points.</exception>
    public static void Write(Utf8JsonWriter writer, AnalyticsQuery query, AnalyticsAnswer answer, bool fill = false)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(answer);
        var points = Points(query, answer, fill);
        writer.WriteStartObject();
        WriteHead(writer, query, answer);
        WritePoints(writer, query, points);
        writer.WriteEndObject();
    }

    internal static IReadOnlyList<AnalyticsPoint> Points(AnalyticsQuery query, AnalyticsAnswer answer, bool fill) =>
        fill ? AnalyticsFill.Apply(query, answer.Points) : answer.Points;

    internal static void WriteHead(Utf8JsonWriter writer, AnalyticsQuery query, AnalyticsAnswer answer)
    {
        writer.WriteString("advertiser_id", query.AdvertiserId);
        writer.WriteString("granularity", query.Granularity.Name());
        if (query.Zone is { } zone)
            writer.WriteString("time_zone", zone.Id);
        writer.WriteString("accuracy", AnswerAccuracy.Of(query, answer.Points).Name());
        WriteTime(writer, "watermark", answer.WatermarkMs);
        WriteTime(writer, "as_of", answer.AsOfMs);
    }

    internal static void WritePoints(Utf8JsonWriter writer, AnalyticsQuery query, IReadOnlyList<AnalyticsPoint> points)
    {
        writer.WriteStartArray("series");
        foreach (var point in points)
            WritePoint(writer, query, point);
        writer.WriteEndArray();
        writer.WriteStartArray("totals");
        foreach (var (currency, metrics) in AnalyticsTotals.Of(points))
        {
            writer.WriteStartObject();
            WriteMetrics(writer, query.Metrics, currency, metrics);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WritePoint(Utf8JsonWriter writer, AnalyticsQuery query, AnalyticsPoint point)
    {
        writer.WriteStartObject();
        writer.WriteNumber("timestamp", point.StartMs / 1000);
        for (var i = 0; i < query.GroupBy.Count; i++)
            writer.WriteString(query.GroupBy[i].Name(), point.Group[i]);
        WriteMetrics(writer, query.Metrics, point.Currency, point.Metrics);
        writer.WriteString("accuracy", point.Accuracy.Name());
        writer.WriteEndObject();
    }

    /// <summary>Writes the metrics that were asked for; the currency goes with them, whatever they are.</summary>
    internal static void WriteMetrics(Utf8JsonWriter writer, IReadOnlyList<AnalyticsMetric> chosen, string currency, in WindowMetrics metrics)
    {
        var isCurrencyWritten = false;
        foreach (var metric in chosen)
        {
            // Where it always stood: after the spend.
            if (!isCurrencyWritten && metric > AnalyticsMetric.Spend)
            {
                writer.WriteString("currency", currency);
                isCurrencyWritten = true;
            }

            if (metric.IsCount())
                writer.WriteNumber(metric.Name(), metric.CountOf(metrics));
            else
                WriteDecimal(writer, metric.Name(), metric.Of(metrics), metric.IsMoney() ? (byte)2 : (byte)0);
        }

        if (!isCurrencyWritten)
            writer.WriteString("currency", currency);
    }

    // A decimal carries its number of decimals along, and the JSON writer prints it as it is.
    private static void WriteDecimal(Utf8JsonWriter writer, string name, decimal? value, byte minDecimals)
    {
        if (value is not { } number)
        {
            writer.WriteNull(name);
            return;
        }

        var decimals = minDecimals;
        while (Math.Round(number, decimals) != number)
            decimals++;
        writer.WriteNumber(name, Math.Round(number, decimals) + new decimal(0, 0, 0, false, decimals));
    }

    internal static void WriteTime(Utf8JsonWriter writer, string name, long? timeMs)
    {
        if (timeMs is { } time)
        {
            var utc = DateTimeOffset.FromUnixTimeMilliseconds(time);
            writer.WriteString(name, utc.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}

using System.Text.Json;

namespace ClickFuncs.Analytics.Overviews;

/// <summary>Writes an overview: the analytics contract, with <c>comparison</c> and <c>breakdown</c> after it where they were asked for.</summary>
public static class OverviewJson
{
    /// <summary>Writes the overview.</summary>
    /// <param name="writer">Where to; not flushed.</param>
    /// <param name="query">The question.</param>
    /// <param name="overview">The answer.</param>
    /// <param name="fill">Whether to add zero points for times where nothing happened.</param>
    /// <exception cref="AnalyticsLimitException">Filling would give too many points; nothing is written then.</exception>
    public static void Write(Utf8JsonWriter writer, OverviewQuery query, Overview overview, bool fill = false)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(overview);
        var points = AnalyticsJson.Points(query.Query, overview.Answer, fill);
        var earlier = overview.Comparison is { } answer ? AnalyticsJson.Points(query.Comparison!, answer, fill) : null;
        writer.WriteStartObject();
        AnalyticsJson.WriteHead(writer, query.Query, overview.Answer);
        AnalyticsJson.WritePoints(writer, query.Query, points);
        if (overview.LateClicks is { } late)
            writer.WriteNumber("late_clicks", late);
        if (query.Comparison is { } comparison)
            WriteComparison(writer, comparison, earlier);
        if (query.Breakdown is { } breakdown)
            WriteBreakdown(writer, query.Query.Metrics, breakdown, overview.Breakdown!);
        writer.WriteEndObject();
    }

    private static void WriteComparison(Utf8JsonWriter writer, AnalyticsQuery query, IReadOnlyList<AnalyticsPoint>? points)
    {
        if (points is null)
        {
            writer.WriteNull("comparison");
            return;
        }

        writer.WriteStartObject("comparison");
        AnalyticsJson.WriteTime(writer, "start_time", query.FromMs);
        AnalyticsJson.WriteTime(writer, "end_time", query.ToMs);
        AnalyticsJson.WritePoints(writer, query, points);
        writer.WriteEndObject();
    }

    private static void WriteBreakdown(Utf8JsonWriter writer, IReadOnlyList<AnalyticsMetric> metrics, BreakdownQuery query, Breakdown breakdown)
    {
        writer.WriteStartObject("breakdown");
        writer.WriteString("dimension", query.Dimension.Name());
        writer.WriteString("order_by", query.OrderBy.Name());
        writer.WriteString("order", query.IsAscending ? "asc" : "desc");
        writer.WriteNumber("offset", query.Offset);
        writer.WriteNumber("limit", query.Limit);
        writer.WriteNumber("count", breakdown.Count);
        writer.WriteNumber("trend_step_seconds", (long)breakdown.TrendStep.TotalSeconds);
        writer.WriteStartArray("rows");
        foreach (var row in breakdown.Rows)
        {
            writer.WriteStartObject();
            writer.WriteString(query.Dimension.Name(), row.Value);
            AnalyticsJson.WriteMetrics(writer, metrics, row.Currency, row.Metrics);
            writer.WriteString("accuracy", row.Accuracy.Name());
            writer.WriteStartArray("trend");
            foreach (var clicks in breakdown.Trends.GetValueOrDefault(row.Value, []))
                writer.WriteNumberValue(clicks);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

using System.Globalization;
using System.Text;
using ClickFuncs.Analytics.Overviews;

namespace ClickFuncs.Analytics;

/// <summary>
/// Writes an answer's points as CSV (RFC 4180): a header, a line per point, money exact, a ratio whose divisor is 0 empty. What a spreadsheet
/// would run as a formula gets an apostrophe in front.
/// </summary>
public static class AnalyticsCsv
{
    /// <summary>The file.</summary>
    /// <param name="query">The question.</param>
    /// <param name="answer">What the store said.</param>
    /// <param name="fill">Whether to add zero points for times where nothing happened.</param>
    /// <exception cref="AnalyticsLimitException">Filling would give too many points.</exception>
    public static string Write(AnalyticsQuery query, AnalyticsAnswer answer, bool fill = false)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(answer);
        var text = new StringBuilder();
        Line(text, ["time", .. query.GroupBy.Select(dimension => dimension.Name()), "currency", .. query.Metrics.Select(metric => metric.Name()), "accuracy"]);
        foreach (var point in AnalyticsJson.Points(query, answer, fill))
        {
            var counts = point.Metrics;
            Line(text,
            [
                DateTimeOffset.FromUnixTimeMilliseconds(point.StartMs).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                .. point.Group.Select(Harmless), point.Currency, .. query.Metrics.Select(metric => Number(metric, metric.Of(counts))), point.Accuracy.Name(),
            ]);
        }

        return text.ToString();
    }

    private static string Number(AnalyticsMetric metric, decimal? value) =>
        value?.ToString(metric.IsMoney() ? "0.00####" : "0.######", CultureInfo.InvariantCulture) ?? "";

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Cell(string text) => text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static string Harmless(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{text}" : text;
}

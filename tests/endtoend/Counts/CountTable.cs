using System.Globalization;
using System.Text.Json;

namespace ClickFuncs.EndToEnd.Tests.Counts;

/// <summary>
/// Counts as sorted lines of text, so that the product's and the independent count's can be compared and a difference reads
/// well. The time of a row is floored to a width, and rows that then meet are added.
/// </summary>
internal static class CountTable
{
    /// <summary>Of the product's <c>query</c> answer. Amounts of different currencies of one group are added.</summary>
    public static string[] OfAnswer(JsonElement answer, params string[] groupBy) => Lines(
        answer.GetProperty("series").EnumerateArray().Select(point => (point.GetProperty("timestamp").GetInt64(), Group(point, groupBy), new CountRow(
            point.GetProperty("impressions").GetInt64(),
            point.GetProperty("raw_clicks").GetInt64(),
            point.GetProperty("clicks").GetInt64(),
            point.GetProperty("conversions").GetInt64(),
            point.GetProperty("total_spend").GetDecimal() * 1_000_000,
            point.GetProperty("invalid_clicks").GetInt64(),
            point.GetProperty("over_budget_clicks").GetInt64()))));

    /// <summary>Of one advertiser in the rows of <c>independent-count.mjs</c>, which must be grouped by <c>advertiser_id</c> too.</summary>
    /// <param name="count">What the script printed.</param>
    /// <param name="advertiser">Whose rows.</param>
    /// <param name="seconds">Width of a row's time.</param>
    /// <param name="groupBy">The dimensions to keep apart.</param>
    public static string[] OfIndependent(JsonElement count, string advertiser, int seconds, params string[] groupBy) => Lines(
        count.GetProperty("rows").EnumerateArray()
            .Where(row => row.GetProperty("advertiser_id").GetString() == advertiser)
            .Select(row => (Floor(row.GetProperty("minute").GetDateTimeOffset(), seconds), Group(row, groupBy), new CountRow(
                row.GetProperty("impressions").GetInt64(),
                row.GetProperty("raw_clicks").GetInt64(),
                row.GetProperty("clicks").GetInt64(),
                row.GetProperty("conversions").GetInt64(),
                decimal.Parse(row.GetProperty("spend_micros").GetString()!, CultureInfo.InvariantCulture),
                row.GetProperty("invalid_clicks").GetInt64(),
                row.GetProperty("over_budget_clicks").GetInt64()))));

    private static long Floor(DateTimeOffset time, int seconds) => time.ToUnixTimeSeconds() / seconds * seconds;

    private static string Group(JsonElement row, string[] groupBy) => string.Join(' ', groupBy.Select(name => $"{name}='{row.GetProperty(name).GetString()}'"));

    private static string[] Lines(IEnumerable<(long Time, string Group, CountRow Row)> rows) =>
    [
        .. rows.GroupBy(row => (row.Time, row.Group), row => row.Row)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{Text(group.Key.Time)} {group.Key.Group} {Text(group.Aggregate((a, b) => a + b))}"))
            .Order(StringComparer.Ordinal),
    ];

    private static string Text(long time) => DateTimeOffset.FromUnixTimeSeconds(time).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Text(CountRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"impressions {row.Impressions} raw {row.RawClicks} clicks {row.Clicks} conversions {row.Conversions} micros {row.SpendMicros:0.######} "
            + $"invalid {row.InvalidClicks} over budget {row.OverBudgetClicks}");
}

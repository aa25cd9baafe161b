using System.Globalization;
using System.Text;
using ClickFuncs.DuckDb;

namespace ClickFuncs.Batch.Reconciliation;

/// <summary>
/// A day's recount and the stream's rows side by side, one row per hour and full key: what they say, what the causes account
/// for, and what remains. Compared on the full key, so that errors under two keys can't cancel.
/// </summary>
internal static class Comparison
{
    /// <summary>The columns of a key, in the order of <see cref="Windows.DimensionKey"/>.</summary>
    public const string Keys = "advertiser_id, campaign_id, ad_group_id, ad_id, creative_id, currency, device, country";

    /// <summary>What is compared, in the order of <see cref="Counts"/>.</summary>
    public static readonly string[] Measures = ["impressions", "clicks", "conversions", "spend_micros", "invalid_clicks", "over_budget_clicks"];

    /// <summary>Makes the table <c>compared</c> from <c>stream_hours</c> and the relation <c>recount</c>.</summary>
    /// <exception cref="InvalidDataException">The recount names a cause that this version doesn't know.</exception>
    public static void Compare(DuckDbConnection connection)
    {
        RefuseUnknownCauses(connection);
        var sums = new StringBuilder();
        var columns = new StringBuilder();
        foreach (var measure in Measures)
        {
            // The sums have names of their own: where a side lacks the row, its column is NULL and would win over the alias.
            sums.Append(Sum(measure, Cause.Truth, "truth"));
            columns.Append(CultureInfo.InvariantCulture, $", coalesce(r.sum_truth_{measure}, 0) AS truth_{measure}, coalesce(s.{measure}, 0) AS stream_{measure}");
            foreach (var (cause, _) in Cause.All)
            {
                sums.Append(Sum(measure, cause, cause));
                columns.Append(CultureInfo.InvariantCulture, $", coalesce(r.sum_{cause}_{measure}, 0) AS {cause}_{measure}");
            }

            var explained = string.Join(" + ", Cause.All.Select(cause => $"{cause.Name}_{measure}"));
            columns.Append(CultureInfo.InvariantCulture, $", {explained} AS explained_{measure}");
            columns.Append(CultureInfo.InvariantCulture, $", truth_{measure} - stream_{measure} - explained_{measure} AS unexplained_{measure}");
        }

        connection.Execute(
            $"""
            CREATE TABLE compared AS
            WITH r AS (SELECT hour_ms, {Keys}{sums} FROM recount GROUP BY hour_ms, {Keys}),
                 s AS (SELECT hour_ms, {Keys}, {string.Join(", ", Measures.Select(m => $"sum({m})::BIGINT AS {m}"))}
                       FROM stream_hours GROUP BY hour_ms, {Keys})
            SELECT hour_ms, {Keys}, s.clicks IS NULL AS lacks_stream, r.sum_truth_clicks IS NULL AS lacks_truth{columns}
            FROM r FULL JOIN s USING (hour_ms, {Keys})
            """);
    }

    private static string Sum(string measure, string cause, string name) =>
        $", coalesce(sum({measure}) FILTER (cause = '{cause}'), 0)::BIGINT AS sum_{name}_{measure}";

    private static void RefuseUnknownCauses(DuckDbConnection connection)
    {
        var known = string.Join(", ", Cause.All.Select(cause => cause.Name).Append(Cause.Truth).Append(Cause.EarlierDay).Select(name => $"'{name}'"));
        using var reader = connection.Query($"SELECT DISTINCT cause FROM recount WHERE cause NOT IN ({known}) ORDER BY cause");
        if (reader.Read())
            throw new InvalidDataException(
                $"The recount names the cause '{reader.GetString(0)}', which this version doesn't know: use the version that made it, or a later one.");
    }
}

using System.Globalization;
using ClickFuncs.DuckDb;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Reconciliation;

/// <summary>
/// Writes the comparison in full, by advertiser, campaign, ad and hour: as CSV for a spreadsheet, as Parquet for a query. The
/// same rows give the same bytes.
/// </summary>
internal static class DifferenceFiles
{
    /// <summary>Writes the file from the table <c>compared</c>, through a file in <paramref name="scratch"/>.</summary>
    public static async Task WriteAsync(
        DuckDbConnection connection, ILake lake, string path, string scratch, CancellationToken cancellationToken)
    {
        var options = Path.GetExtension(path) switch
        {
            ".csv" => "FORMAT csv, HEADER true",
            ".parquet" => "FORMAT parquet, COMPRESSION zstd",
            var other => throw new ArgumentException($"There is no form of the differences for '{other}'.", nameof(path)),
        };
        var file = Path.Combine(scratch, Path.GetFileName(path));
        connection.Execute($"COPY ({Select}) TO '{file.Replace("'", "''", StringComparison.Ordinal)}' ({options})");
        try
        {
            await lake.CreateFromAsync(path, file, cancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Select
    {
        get
        {
            var sides = Cause.All.Select(cause => cause.Name).Prepend("stream").Prepend("truth").Append("unexplained");
            var sums = string.Join(", ", Comparison.Measures.SelectMany(measure => sides.Select(side =>
                string.Create(CultureInfo.InvariantCulture, $"sum({side}_{measure})::BIGINT AS {side}_{measure}"))));
            return $"""
                SELECT advertiser_id, campaign_id, ad_id, strftime(make_timestamp(hour_ms * 1000), '%Y-%m-%dT%H:%M:%SZ') AS hour, currency, {sums}
                FROM compared GROUP BY advertiser_id, campaign_id, ad_id, hour_ms, currency
                ORDER BY advertiser_id, campaign_id, ad_id, hour_ms, currency
                """;
        }
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using ClickFuncs.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Functions.Kusto;

/// <summary>Rows as the tables have them, in the order of <c>schema.kql</c>. Pure.</summary>
internal static class KustoRows
{
    /// <summary>Key columns, then counts.</summary>
    public static string Columns(DimensionKey key, in WindowMetrics metrics) => string.Join(
        ',', KustoText.Field(key.AdvertiserId), KustoText.Field(key.CampaignId), KustoText.Field(key.AdGroupId), KustoText.Field(key.AdId),
        KustoText.Field(key.CreativeId), KustoText.Field(key.Currency), KustoText.Field(key.Device), KustoText.Field(key.Country),
        KustoText.Field(key.Reason), Counts(metrics));

    /// <summary>The rows of a set, a line each, behind what stands before them.</summary>
    public static IEnumerable<string> Lines(WindowRowSet set, string before)
    {
        for (var i = 0; i < set.Rows.Length; i++)
        {
            var row = set.Rows[i];
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{before}{set.Partition},{KustoText.Time(row.WindowStartMs)},{set.Version},{Columns(DimensionKey.Parse(set.GetKey(row)), row.Metrics)}\n");
        }
    }

    /// <summary>A line for each hour that a set has rows of.</summary>
    public static IEnumerable<string> TouchedHours(WindowRowSet set)
    {
        var hours = new HashSet<long>();
        for (var i = 0; i < set.Rows.Length; i++)
            hours.Add(Granularities.Floor(set.Rows[i].WindowStartMs, Granularities.HourMs));
        return hours.Select(hour => string.Create(CultureInfo.InvariantCulture, $"{set.Partition},{set.Version},{KustoText.Time(hour)}\n"));
    }

    /// <summary>Lines joined into pieces of at most so many bytes, a line never cut.</summary>
    public static IEnumerable<string> Pieces(IEnumerable<string> lines, int maxBytes)
    {
        var (piece, bytes) = (new StringBuilder(), 0);
        foreach (var line in lines)
        {
            var length = Encoding.UTF8.GetByteCount(line);
            if (bytes > 0 && bytes + length > maxBytes)
            {
                yield return piece.ToString();
                piece.Clear();
                bytes = 0;
            }

            piece.Append(line);
            bytes += length;
        }

        if (bytes > 0)
            yield return piece.ToString();
    }

    /// <summary>The seven counts from a column on.</summary>
    public static WindowMetrics Metrics(JsonElement row, int from) => new()
    {
        Impressions = row[from].GetInt64(),
        RawClicks = row[from + 1].GetInt64(),
        Clicks = row[from + 2].GetInt64(),
        Conversions = row[from + 3].GetInt64(),
        SpendMicros = row[from + 4].GetInt64(),
        InvalidClicks = row[from + 5].GetInt64(),
        OverBudgetClicks = row[from + 6].GetInt64(),
    };

    private static string Counts(in WindowMetrics metrics) => string.Create(
        CultureInfo.InvariantCulture,
        $"{metrics.Impressions},{metrics.RawClicks},{metrics.Clicks},{metrics.Conversions},{metrics.SpendMicros},{metrics.InvalidClicks},{metrics.OverBudgetClicks}");
}

using System.Globalization;
using ClickFuncs.DuckDb;

namespace ClickFuncs.Batch.Reconciliation;

/// <summary>Sums and lists over the table <c>compared</c>.</summary>
internal sealed class ComparisonFigures(DuckDbConnection connection)
{
    private static readonly int Width = Comparison.Measures.Length;
    private static readonly string IsUnexplained = IsTouched("unexplained");

    /// <summary>The figures by currency, ascending.</summary>
    public IReadOnlyList<CurrencyFigures> ByCurrency()
    {
        var causes = string.Join(", ", Cause.All.Select(cause => $"{Sums(cause.Name)}, {Rows(cause.Name)}"));
        using var reader = connection.Query(
            $"""
            SELECT currency, {Sums("truth")}, {Sums("stream")}, {Sums("unexplained")},
                {Total("abs(truth_clicks - stream_clicks)")}, {Total("abs(truth_spend_micros - stream_spend_micros)")}, {causes}
            FROM compared GROUP BY currency ORDER BY currency
            """);
        var figures = new List<CurrencyFigures>();
        while (reader.Read())
        {
            var drift = 1 + (3 * Width);
            var (truth, stream, unexplained) = (Read(reader, 1), Read(reader, 1 + Width), Read(reader, 1 + (2 * Width)));
            figures.Add(new CurrencyFigures(
                reader.GetString(0), truth, stream, Minus(truth, stream), [.. Causes(reader, drift + 2)], unexplained,
                new DriftFigures(Ppm(reader.GetInt64(drift), truth.Clicks), Ppm(reader.GetInt64(drift + 1), truth.SpendMicros))));
        }

        return figures;
    }

    /// <summary>The figures by advertiser and currency, ascending.</summary>
    public IReadOnlyList<AdvertiserFigures> ByAdvertiser()
    {
        using var reader = connection.Query(
            $"""
            SELECT advertiser_id, currency, {Sums("truth")}, {Sums("stream")}, {Sums("unexplained")}
            FROM compared GROUP BY advertiser_id, currency ORDER BY advertiser_id, currency
            """);
        var figures = new List<AdvertiserFigures>();
        while (reader.Read())
            figures.Add(new AdvertiserFigures(reader.GetString(0), reader.GetString(1), Read(reader, 2), Read(reader, 2 + Width), Read(reader, 2 + (2 * Width))));
        return figures;
    }

    /// <summary>What no cause accounts for, listing at most <paramref name="listed"/> rows.</summary>
    public UnexplainedFigures Unexplained(int listed)
    {
        using var counts = connection.Query(
            $"""
            SELECT count(*), count(*) FILTER (lacks_stream), count(*) FILTER (lacks_truth) FROM compared WHERE {IsUnexplained}
            """);
        counts.Read();
        return new UnexplainedFigures(counts.GetInt64(0), counts.GetInt64(1), counts.GetInt64(2), List(listed));
    }

    /// <summary>Parts per million, rounded up so that no divergence reads as none; all of it when there is nothing to compare with.</summary>
    internal static long Ppm(long difference, long whole)
    {
        if (difference == 0)
            return 0;
        return whole <= 0 ? 1_000_000 : (long)((((Int128)difference * 1_000_000) + whole - 1) / whole);
    }

    private List<UnexplainedRow> List(int limit)
    {
        using var reader = connection.Query(string.Create(CultureInfo.InvariantCulture, $"""
            SELECT hour_ms, {Comparison.Keys}, {Columns("truth")}, {Columns("stream")}, {Columns("explained")}, {Columns("unexplained")}
            FROM compared WHERE {IsUnexplained}
            ORDER BY advertiser_id, campaign_id, ad_id, hour_ms, ad_group_id, creative_id, currency, device, country LIMIT {limit}
            """));
        var rows = new List<UnexplainedRow>();
        while (reader.Read())
        {
            rows.Add(new UnexplainedRow(
                HourText(reader.GetInt64(0)), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4),
                reader.GetString(5), reader.GetString(6), reader.GetString(7), reader.GetString(8),
                Read(reader, 9), Read(reader, 9 + Width), Read(reader, 9 + (2 * Width)), Read(reader, 9 + (3 * Width))));
        }

        return rows;
    }

    private static IEnumerable<CauseFigures> Causes(DuckDbReader reader, int column)
    {
        foreach (var (cause, _) in Cause.All)
        {
            yield return new CauseFigures(cause, reader.GetInt64(column + Width), Read(reader, column));
            column += Width + 1;
        }
    }

    private static string Sums(string side) =>
        string.Join(", ", Comparison.Measures.Select(measure => Total($"{side}_{measure}")));

    private static string Rows(string cause) => $"count(*) FILTER ({IsTouched(cause)})";

    private static string IsTouched(string side) => string.Join(" OR ", Comparison.Measures.Select(measure => $"{side}_{measure} <> 0"));

    private static string Columns(string side) => string.Join(", ", Comparison.Measures.Select(measure => $"{side}_{measure}"));

    // A sum of BIGINT is wider than BIGINT; the cast fails rather than wraps.
    private static string Total(string expression) => $"sum({expression})::BIGINT";

    private static Counts Read(DuckDbReader reader, int column) => new(
        reader.GetInt64(column), reader.GetInt64(column + 1), reader.GetInt64(column + 2), reader.GetInt64(column + 3), reader.GetInt64(column + 4),
        reader.GetInt64(column + 5));

    private static Counts Minus(Counts a, Counts b) => new(
        a.Impressions - b.Impressions, a.Clicks - b.Clicks, a.Conversions - b.Conversions, a.SpendMicros - b.SpendMicros,
        a.InvalidClicks - b.InvalidClicks, a.OverBudgetClicks - b.OverBudgetClicks);

    private static string HourText(long hourMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(hourMs).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

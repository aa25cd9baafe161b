using ClickFuncs.Analytics;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.DuckDb;
using ClickFuncs.Lake;
using ClickFuncs.Windows;

namespace ClickFuncs.Batch.Backfill;

/// <summary>The rows in which a backfill differs, on disk if they are many: summed per currency, and written as CSV.</summary>
internal sealed class DifferenceTable(ScratchOptions options) : IDisposable
{
    private const string Time = "strftime(make_timestamp(start_ms * 1000), '%Y-%m-%dT%H:%M:%SZ')";
    private const string Keys = $"{Comparison.Keys}, reason";
    private static readonly string[] Measures = ["impressions", "raw_clicks", "clicks", "conversions", "spend_micros", "invalid_clicks", "over_budget_clicks"];
    private static readonly string[] Sides = [.. Measures.Select(m => $"before_{m}"), .. Measures.Select(m => $"after_{m}")];

    private readonly ScratchDatabase _database = new(options);

    /// <summary>Takes in all differences. Call it once, first.</summary>
    internal async Task LoadAsync(IAsyncEnumerable<IReadOnlyList<StagedDifference>> batches, CancellationToken cancellationToken)
    {
        _database.Execute(
            $"CREATE TABLE difference (start_ms BIGINT, width_ms BIGINT, {string.Join(", ", Keys.Split(", ").Select(key => $"{key} VARCHAR"))}, {string.Join(", ", Sides.Select(side => $"{side} BIGINT"))})",
            cancellationToken);
        using var appender = _database.Connection.CreateAppender("difference");
        var rows = 0;
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            foreach (var difference in batch)
            {
                Set(appender, rows++, difference);
                if (rows < appender.Capacity)
                    continue;
                appender.Append(rows);
                rows = 0;
            }
        }

        appender.Append(rows);
        appender.Flush();
    }

    /// <summary>Where they are: the table <c>difference</c>.</summary>
    internal ScratchDatabase Database => _database;

    /// <summary>How many there are.</summary>
    internal long Count(CancellationToken cancellationToken) => _database.QueryNumber("SELECT count(*) FROM difference", cancellationToken);

    /// <summary>Sums per currency, ascending.</summary>
    internal IReadOnlyList<BackfillTotals> ReadTotals(CancellationToken cancellationToken)
    {
        using var reader = _database.Query(
            $"SELECT currency, {string.Join(", ", Sides.Select(side => $"sum({side})::BIGINT"))} FROM difference GROUP BY currency ORDER BY currency", cancellationToken);
        var totals = new List<BackfillTotals>();
        while (reader.Read())
            totals.Add(new BackfillTotals(reader.GetString(0), ReadCounts(reader, 1), ReadCounts(reader, 1 + Measures.Length)));
        return totals;
    }

    /// <summary>Writes them into the lake, ordered: the same rows give the same bytes. A file that is there stays.</summary>
    internal async Task WriteAsync(ILake lake, string path, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_database.Folder, "differences.csv");
        _database.Execute(
            $"""
            COPY (SELECT {Time} AS start, width_ms // 1000 AS width_seconds, {Keys}, {string.Join(", ", Sides)}
                FROM difference ORDER BY start_ms, width_ms, {Keys}) TO {SqlText.Of(file)} (FORMAT csv, HEADER true)
            """,
            cancellationToken);
        await lake.CreateFromAsync(path, file, cancellationToken);
    }

    public void Dispose() => _database.Dispose();

    private static void Set(DuckDbAppender appender, int row, in StagedDifference difference)
    {
        const int firstCount = 11;
        appender.Column<long>(0)[row] = difference.StartMs;
        appender.Column<long>(1)[row] = difference.Width.WidthMs();
        StreamHours.SetKey(appender, row, 2, difference.Key);
        StreamHours.SetText(appender, row, 10, difference.Key.Reason);
        SetCounts(appender, row, firstCount, difference.Published);
        SetCounts(appender, row, firstCount + Measures.Length, difference.Staged);
    }

    private static void SetCounts(DuckDbAppender appender, int row, int column, in WindowMetrics counts)
    {
        appender.Column<long>(column)[row] = counts.Impressions;
        appender.Column<long>(column + 1)[row] = counts.RawClicks;
        appender.Column<long>(column + 2)[row] = counts.Clicks;
        appender.Column<long>(column + 3)[row] = counts.Conversions;
        appender.Column<long>(column + 4)[row] = counts.SpendMicros;
        appender.Column<long>(column + 5)[row] = counts.InvalidClicks;
        appender.Column<long>(column + 6)[row] = counts.OverBudgetClicks;
    }

    private static BackfillCounts ReadCounts(DuckDbReader reader, int column) => new(
        reader.GetInt64(column), reader.GetInt64(column + 1), reader.GetInt64(column + 2), reader.GetInt64(column + 3), reader.GetInt64(column + 4),
        reader.GetInt64(column + 5), reader.GetInt64(column + 6));
}

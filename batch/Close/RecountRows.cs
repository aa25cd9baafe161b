using System.Runtime.CompilerServices;
using ClickFuncs.Analytics;
using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.DuckDb;
using ClickFuncs.Lake;
using ClickFuncs.Ledger;
using ClickFuncs.Windows;

namespace ClickFuncs.Batch.Close;

/// <summary>
/// The recount of a day, all buckets, opened as the relation <c>recount</c>, and the stream's numbers as <c>stream_hours</c>, in a
/// database of its own that spills to a temporary folder.
/// </summary>
internal sealed class RecountRows : IAsyncDisposable
{
    private const int BatchRows = 4096;

    private readonly ScratchDatabase _database;
    private readonly List<LocalLakeFile> _files = [];

    private RecountRows(ScratchOptions options) => _database = new ScratchDatabase(options);

    public DuckDbConnection Connection => _database.Connection;

    /// <summary>Folder for files that don't outlive this.</summary>
    public string Scratch => _database.Folder;

    /// <summary>Opens what a close made so far.</summary>
    public static async Task<RecountRows> OpenAsync(ILake lake, CloseFiles files, int buckets, ScratchOptions options, CancellationToken cancellationToken)
    {
        var rows = new RecountRows(options);
        try
        {
            await rows.AddAsync(lake, "recount", [.. Enumerable.Range(0, buckets).Select(files.Bucket)], cancellationToken);
            await rows.AddAsync(lake, "stream_hours", [files.Stream], cancellationToken);
            return rows;
        }
        catch
        {
            await rows.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens the rows of another close beside these, as the relations <c>recount_before</c> and <c>stream_hours_before</c>.</summary>
    public async Task AddBeforeAsync(ILake lake, CloseRecord before, CancellationToken cancellationToken)
    {
        await AddAsync(lake, "recount_before", before.Recount, cancellationToken);
        await AddAsync(lake, "stream_hours_before", [before.Stream], cancellationToken);
    }

    /// <summary>Whether the other close had other rows, in any cause or measure, on either side.</summary>
    public bool DifferFromBefore(CancellationToken cancellationToken) =>
        CountDifferent("recount", cancellationToken) > 0 || CountDifferent("stream_hours", cancellationToken) > 0;

    /// <summary>The truth: rows per hour and full key, in batches.</summary>
    public async IAsyncEnumerable<IReadOnlyList<AnalyticsRow>> ReadTruthAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = _database.Query(
            $"""
            SELECT hour_ms, {Comparison.Keys}, reason, sum(impressions)::BIGINT, sum(raw_clicks)::BIGINT, sum(clicks)::BIGINT,
                sum(conversions)::BIGINT, sum(spend_micros)::BIGINT, sum(invalid_clicks)::BIGINT, sum(over_budget_clicks)::BIGINT
            FROM recount WHERE cause = '{Cause.Truth}' GROUP BY hour_ms, {Comparison.Keys}, reason
            """,
            cancellationToken);
        var batch = new List<AnalyticsRow>(BatchRows);
        while (reader.Read())
        {
            batch.Add(Read(reader));
            if (batch.Count < BatchRows)
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            yield return batch;
            batch = new List<AnalyticsRow>(BatchRows);
        }

        await Task.CompletedTask;
        if (batch.Count > 0)
            yield return batch;
    }

    /// <summary>What each advertiser owes for each campaign of the day, ascending. Clicks without a currency cost nothing.</summary>
    public IReadOnlyList<CampaignTotal> ReadCharges(CancellationToken cancellationToken)
    {
        using var reader = _database.Query(
            $"""
            SELECT advertiser_id, currency, campaign_id, sum(clicks)::BIGINT, sum(spend_micros)::BIGINT
            FROM recount WHERE cause = '{Cause.Truth}' AND currency <> ''
            GROUP BY advertiser_id, currency, campaign_id HAVING sum(clicks) <> 0 OR sum(spend_micros) <> 0
            ORDER BY advertiser_id, currency, campaign_id
            """,
            cancellationToken);
        var charges = new List<CampaignTotal>();
        while (reader.Read())
            charges.Add(new CampaignTotal(
                new JournalId(reader.GetString(0), reader.GetString(1)), reader.GetString(2), new ChargeAmount(reader.GetInt64(4), reader.GetInt64(3))));
        return charges;
    }

    /// <summary>Sums up the clicks that were judged again.</summary>
    public async Task<IReadOnlyList<JudgedFigures>> ReadJudgedAsync(ILake lake, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        await AddAsync(lake, "judged", paths, cancellationToken);
        using var reader = _database.Query(
            $"""
            SELECT currency, {ReasonSql.Deciding("CASE WHEN bill_before = 1 AND bill_after <> 1 THEN reasons_before ELSE reasons_after END")} AS reason,
                {Bill("bill_before")} AS before, {Bill("bill_after")} AS after, count(*),
                sum(CASE WHEN bill_after = 0 THEN cost_micros ELSE 0 END - CASE WHEN bill_before = 0 THEN cost_micros ELSE 0 END)::BIGINT
            FROM judged GROUP BY ALL ORDER BY ALL
            """,
            cancellationToken);
        var figures = new List<JudgedFigures>();
        while (reader.Read())
            figures.Add(new JudgedFigures(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt64(4), reader.GetInt64(5)));
        return figures;
    }

    private static string Bill(string column) => $"CASE {column} WHEN 0 THEN 'billed' WHEN 1 THEN 'invalid' ELSE 'over_budget' END";

    /// <summary>Clicks of the day that are copies of counted ones.</summary>
    public CopyFigures ReadCopies(CancellationToken cancellationToken) => new(
        _database.QueryNumber($"SELECT coalesce(sum(raw_clicks) - sum(clicks) - sum(invalid_clicks) - sum(over_budget_clicks), 0)::BIGINT FROM recount WHERE cause = '{Cause.Truth}'", cancellationToken),
        _database.QueryNumber($"SELECT coalesce(sum(raw_clicks), 0)::BIGINT FROM recount WHERE cause = '{Cause.EarlierDay}'", cancellationToken));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _database.Dispose();
        foreach (var file in _files)
            await file.DisposeAsync();
    }

    private async Task AddAsync(ILake lake, string relation, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var added = new List<string>(paths.Count);
        foreach (var path in paths)
        {
            var file = await lake.FetchAsync(path, cancellationToken);
            _files.Add(file);
            added.Add(file.LocalPath);
        }

        _database.Execute($"CREATE VIEW {relation} AS {Read(relation, added)}", cancellationToken);
    }

    // Recounts of before clicks were counted by reason have none.
    private static string Read(string relation, IReadOnlyList<string> files) => relation.StartsWith("recount", StringComparison.Ordinal)
        ? $"SELECT * REPLACE (coalesce(reason, '') AS reason) FROM (SELECT * FROM read_parquet({SqlText.ListOf(files)}) UNION ALL BY NAME SELECT '' AS reason WHERE false)"
        : $"SELECT * FROM read_parquet({SqlText.ListOf(files)})";

    private long CountDifferent(string relation, CancellationToken cancellationToken) => _database.QueryNumber(
        $"SELECT count(*) FROM ((FROM {relation} EXCEPT ALL FROM {relation}_before) UNION ALL (FROM {relation}_before EXCEPT ALL FROM {relation}))",
        cancellationToken);

    private static AnalyticsRow Read(DuckDbReader reader) => new(
        reader.GetInt64(0),
        new DimensionKey(
            reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6),
            reader.GetString(7), reader.GetString(8), reader.GetString(9)),
        new WindowMetrics
        {
            Impressions = reader.GetInt64(10),
            RawClicks = reader.GetInt64(11),
            Clicks = reader.GetInt64(12),
            Conversions = reader.GetInt64(13),
            SpendMicros = reader.GetInt64(14),
            InvalidClicks = reader.GetInt64(15),
            OverBudgetClicks = reader.GetInt64(16),
        });
}

using System.Globalization;
using System.Runtime.CompilerServices;
using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;
using ClickFuncs.Lake;
using ClickFuncs.Windows;

namespace ClickFuncs.Batch.Close;

/// <summary>
/// The recount of a day, all buckets, opened as the relation <c>recount</c> in a database of its own that spills to a
/// temporary folder.
/// </summary>
internal sealed class RecountRows : IAsyncDisposable
{
    private const int BatchRows = 4096;

    private readonly string _scratch;
    private readonly DuckDbDatabase _database;
    private readonly List<LocalLakeFile> _files;

    private RecountRows(string scratch, DuckDbDatabase database, List<LocalLakeFile> files)
    {
        (_scratch, _database, _files) = (scratch, database, files);
        Connection = database.Connect();
        Connection.Execute($"CREATE VIEW recount AS SELECT * FROM {Source(files)}");
    }

    public DuckDbConnection Connection { get; }

    /// <summary>Folder for files that don't outlive this.</summary>
    public string Scratch => _scratch;

    public static async Task<RecountRows> OpenAsync(ILake lake, IReadOnlyList<string> paths, int memoryMiB, CancellationToken cancellationToken)
    {
        if (paths.Count == 0)
            throw new ArgumentException("A recount has at least one bucket.", nameof(paths));
        var scratch = Directory.CreateTempSubdirectory("clickfuncs-close-").FullName;
        var files = new List<LocalLakeFile>();
        try
        {
            foreach (var path in paths)
                files.Add(await lake.FetchAsync(path, cancellationToken));
            var database = DuckDbDatabase.Open(
                DuckDbDatabase.InMemory,
                ("memory_limit", string.Create(CultureInfo.InvariantCulture, $"{memoryMiB}MiB")),
                ("temp_directory", scratch),
                ("threads", "1"));
            return new RecountRows(scratch, database, files);
        }
        catch
        {
            await CloseAsync(files, scratch);
            throw;
        }
    }

    /// <summary>The truth: rows per hour and full key, in batches.</summary>
    public async IAsyncEnumerable<IReadOnlyList<AnalyticsRow>> ReadTruthAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = Connection.Query(
            $"""
            SELECT hour_ms, {Reconciliation.Comparison.Keys}, sum(impressions)::BIGINT, sum(raw_clicks)::BIGINT, sum(clicks)::BIGINT,
                sum(conversions)::BIGINT, sum(spend_micros)::BIGINT
            FROM recount WHERE cause = '{Reconciliation.Cause.Truth}' GROUP BY hour_ms, {Reconciliation.Comparison.Keys}
            """);
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

    /// <summary>What each advertiser owes for each campaign of the day, ascending.</summary>
    public IReadOnlyList<CampaignCharge> ReadCharges()
    {
        using var reader = Connection.Query(
            $"""
            SELECT advertiser_id, currency, campaign_id, sum(clicks)::BIGINT, sum(spend_micros)::BIGINT
            FROM recount WHERE cause = '{Reconciliation.Cause.Truth}' AND currency <> ''
            GROUP BY advertiser_id, currency, campaign_id HAVING sum(clicks) <> 0 OR sum(spend_micros) <> 0
            ORDER BY advertiser_id, currency, campaign_id
            """);
        var charges = new List<CampaignCharge>();
        while (reader.Read())
            charges.Add(new CampaignCharge(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3), reader.GetInt64(4)));
        return charges;
    }

    /// <summary>Whether another recount has other rows, in any cause or measure.</summary>
    public bool DiffersFrom(IReadOnlyList<LocalLakeFile> other)
    {
        using var reader = Connection.Query(
            $"SELECT count(*) FROM ((FROM recount EXCEPT ALL FROM {Source(other)}) UNION ALL (FROM {Source(other)} EXCEPT ALL FROM recount))");
        reader.Read();
        return reader.GetInt64(0) > 0;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Connection.Dispose();
        _database.Dispose();
        await CloseAsync(_files, _scratch);
    }

    private static async ValueTask CloseAsync(List<LocalLakeFile> files, string scratch)
    {
        foreach (var file in files)
            await file.DisposeAsync();
        Directory.Delete(scratch, recursive: true);
    }

    private static string Source(IReadOnlyList<LocalLakeFile> files) =>
        $"read_parquet([{string.Join(", ", files.Select(file => $"'{file.LocalPath.Replace("'", "''", StringComparison.Ordinal)}'"))}])";

    private static AnalyticsRow Read(DuckDbReader reader) => new(
        reader.GetInt64(0),
        new DimensionKey(
            reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6),
            reader.GetString(7), reader.GetString(8)),
        new WindowMetrics
        {
            Impressions = reader.GetInt64(9),
            RawClicks = reader.GetInt64(10),
            Clicks = reader.GetInt64(11),
            Conversions = reader.GetInt64(12),
            SpendMicros = reader.GetInt64(13),
        });
}

/// <summary>What a campaign of a day costs.</summary>
/// <param name="AdvertiserId">Who pays.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Clicks">Clicks counted.</param>
/// <param name="SpendMicros">Their cost in millionths of the currency unit.</param>
internal sealed record CampaignCharge(string AdvertiserId, string Currency, string CampaignId, long Clicks, long SpendMicros);

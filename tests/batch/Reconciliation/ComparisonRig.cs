using System.Globalization;
using ClickFuncs.Analytics;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.DuckDb;
using ClickFuncs.Windows;

namespace ClickFuncs.Batch.Tests.Reconciliation;

/// <summary>A recount and stream rows made by hand, and what the reconciler says about them.</summary>
internal sealed class ComparisonRig : IDisposable
{
    public const long Hour = 3_600_000;
    public const long Day = 1_782_864_000_000; // 2026-07-01

    private readonly DuckDbDatabase _database = DuckDbDatabase.Open(DuckDbDatabase.InMemory);
    private readonly List<AnalyticsRow> _stream = [];

    public ComparisonRig()
    {
        Connection = _database.Connect();
        Connection.Execute(
            """
            CREATE TABLE recount (
                cause VARCHAR, hour_ms BIGINT, advertiser_id VARCHAR, campaign_id VARCHAR, ad_group_id VARCHAR, ad_id VARCHAR, creative_id VARCHAR,
                currency VARCHAR, device VARCHAR, country VARCHAR, impressions BIGINT, raw_clicks BIGINT, clicks BIGINT, conversions BIGINT, spend_micros BIGINT,
                invalid_clicks BIGINT, over_budget_clicks BIGINT)
            """);
    }

    public DuckDbConnection Connection { get; }

    public static DimensionKey Key(string ad, string device = "mobile", string currency = "USD") =>
        new("adv", "cmp", "grp", ad, "cr", currency, device, "NO");

    public void Recount(string cause, int hour, DimensionKey key, long clicks, long spend, long impressions = 0, long invalid = 0) => Connection.Execute(
        string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO recount VALUES ('{cause}', {Day + (hour * Hour)}, '{key.AdvertiserId}', '{key.CampaignId}', '{key.AdGroupId}', '{key.AdId}',
                '{key.CreativeId}', '{key.Currency}', '{key.Device}', '{key.Country}', {impressions}, {clicks + invalid}, {clicks}, 0, {spend}, {invalid}, 0)
            """));

    public void Stream(int hour, DimensionKey key, long clicks, long spend, long impressions = 0) => _stream.Add(new AnalyticsRow(
        Day + (hour * Hour), key, new WindowMetrics { Clicks = clicks, RawClicks = clicks, SpendMicros = spend, Impressions = impressions }));

    public async Task<ReconciliationReport> ReconcileAsync(ReconciliationOptions? options = null)
    {
        await StreamHours.LoadAsync(Connection, Batches().Select(rows => new StreamHoursBatch(new Dictionary<int, long>(), rows)), CancellationToken.None);
        return new Reconciler(options ?? new ReconciliationOptions()).Run(Connection, Header);
    }

    public static ReportHeader Header { get; } = new(
        "2026-07-01", 1, new ReportPolicy(30, 900, 86_400, 300, 7), [new ReportCut(0, 99, 99)], new CopyFigures(3, 1), new Dictionary<string, long> { ["bad_json"] = 2 });

    public void Dispose()
    {
        Connection.Dispose();
        _database.Dispose();
    }

    private async IAsyncEnumerable<IReadOnlyList<AnalyticsRow>> Batches()
    {
        await Task.CompletedTask;
        foreach (var chunk in _stream.Chunk(3))
            yield return chunk;
    }
}

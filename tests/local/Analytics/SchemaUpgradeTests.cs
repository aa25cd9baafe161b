using ClickFuncs.Analytics;
using ClickFuncs.Local.Analytics;
using ClickFuncs.Testing.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Tests.Analytics;

/// <summary>Files of earlier formats open, with all that was counted (R40).</summary>
public sealed class SchemaUpgradeTests
{
    private const long Midnight = StoreFolder.Midnight;

    // The format as it was written once. It never changes, whatever the code says today.
    private const string Format1 =
        """
        CREATE TABLE meta (format INTEGER NOT NULL);
        CREATE TABLE names (id INTEGER NOT NULL, name VARCHAR NOT NULL);
        CREATE TABLE partition_status (
            partition INTEGER NOT NULL, version BIGINT NOT NULL, watermark_ms BIGINT NOT NULL, published_at_ms BIGINT NOT NULL);
        CREATE TABLE minute_log (
            partition INTEGER NOT NULL, start_ms BIGINT NOT NULL,
            advertiser INTEGER NOT NULL, campaign INTEGER NOT NULL, ad_group INTEGER NOT NULL, ad INTEGER NOT NULL,
            creative INTEGER NOT NULL, currency INTEGER NOT NULL, device INTEGER NOT NULL, country INTEGER NOT NULL, version BIGINT NOT NULL,
            impressions BIGINT NOT NULL, raw_clicks BIGINT NOT NULL, clicks BIGINT NOT NULL, conversions BIGINT NOT NULL, spend_micros BIGINT NOT NULL);
        CREATE TABLE minute (
            partition INTEGER NOT NULL, start_ms BIGINT NOT NULL,
            advertiser INTEGER NOT NULL, campaign INTEGER NOT NULL, ad_group INTEGER NOT NULL, ad INTEGER NOT NULL,
            creative INTEGER NOT NULL, currency INTEGER NOT NULL, device INTEGER NOT NULL, country INTEGER NOT NULL, version BIGINT NOT NULL,
            impressions BIGINT NOT NULL, raw_clicks BIGINT NOT NULL, clicks BIGINT NOT NULL, conversions BIGINT NOT NULL, spend_micros BIGINT NOT NULL);
        CREATE TABLE hour (
            start_ms BIGINT NOT NULL,
            advertiser INTEGER NOT NULL, campaign INTEGER NOT NULL, ad_group INTEGER NOT NULL, ad INTEGER NOT NULL,
            creative INTEGER NOT NULL, currency INTEGER NOT NULL, device INTEGER NOT NULL, country INTEGER NOT NULL,
            impressions BIGINT NOT NULL, raw_clicks BIGINT NOT NULL, clicks BIGINT NOT NULL, conversions BIGINT NOT NULL, spend_micros BIGINT NOT NULL);
        CREATE TABLE day (
            start_ms BIGINT NOT NULL,
            advertiser INTEGER NOT NULL, campaign INTEGER NOT NULL, ad_group INTEGER NOT NULL, ad INTEGER NOT NULL,
            creative INTEGER NOT NULL, currency INTEGER NOT NULL, device INTEGER NOT NULL, country INTEGER NOT NULL,
            impressions BIGINT NOT NULL, raw_clicks BIGINT NOT NULL, clicks BIGINT NOT NULL, conversions BIGINT NOT NULL, spend_micros BIGINT NOT NULL);
        CREATE TABLE rolled (width_ms BIGINT NOT NULL, through_ms BIGINT NOT NULL);
        CREATE TABLE dirty (width_ms BIGINT NOT NULL, start_ms BIGINT NOT NULL);
        INSERT INTO meta VALUES (1);
        INSERT INTO names VALUES (0, ''), (1, 'adv_1'), (2, 'ad_1'), (3, 'USD');
        """;

    // A rolled-up day, one that is dirty, and minutes of a third, of which the log has a newer version.
    private static readonly string Content = FormattableString.Invariant(
        $"""
        INSERT INTO partition_status VALUES (0, 9, {Midnight + (2 * Granularities.DayMs)}, {Midnight});
        INSERT INTO rolled VALUES (3600000, {Midnight + (2 * Granularities.DayMs)}), (86400000, {Midnight + (2 * Granularities.DayMs)});
        INSERT INTO dirty VALUES (3600000, {Midnight + Granularities.DayMs}), (86400000, {Midnight + Granularities.DayMs});
        INSERT INTO day VALUES ({Midnight}, 1, 0, 0, 2, 0, 3, 0, 0, 10, 2, 1, 0, 450000), ({Midnight + Granularities.DayMs}, 1, 0, 0, 2, 0, 3, 0, 0, 10, 2, 1, 0, 450000);
        INSERT INTO minute VALUES (0, {Midnight + Granularities.DayMs}, 1, 0, 0, 2, 0, 3, 0, 0, 8, 20, 4, 2, 1, 900000),
            (0, {Midnight + (2 * Granularities.DayMs)}, 1, 0, 0, 2, 0, 3, 0, 0, 8, 20, 4, 2, 1, 900000);
        INSERT INTO minute_log VALUES (0, {Midnight + (2 * Granularities.DayMs)}, 1, 0, 0, 2, 0, 3, 0, 0, 9, 30, 6, 3, 1, 1350000);
        """);

    [Fact]
    public async Task Open_FileOfFormat1_KeepsEveryCountAndTakesFinalRows()
    {
        var path = Directory.CreateTempSubdirectory("clickfuncs-").FullName;
        StoreFolder.Execute(path, Format1 + Content);
        for (var round = 0; round < 2; round++)
        {
            await using var store = await StoreFolder.OpenAsync(path);
            var answer = await store.QueryAsync(StoreFolder.Query(Granularity.Day), CancellationToken.None);
            Assert.Equal([1, 2, 3], answer.Points.Select(point => point.Metrics.Clicks));
            Assert.Equal(Midnight, answer.AsOfMs);
        }

        await using (var store = await StoreFolder.OpenAsync(path))
        {
            await store.PublishFinalAsync(Midnight, 1, AnalyticsRows.Batches([AnalyticsRows.Of(Midnight, 50)]), CancellationToken.None);
            await store.RollUpAsync(Midnight + (2 * Granularities.DayMs), CancellationToken.None);
            var answer = await store.QueryAsync(StoreFolder.Query(Granularity.Day), CancellationToken.None);
            Assert.Equal([50, 2, 3], answer.Points.Select(point => point.Metrics.Clicks));
        }

        Directory.Delete(path, recursive: true);
    }

    [Fact]
    public async Task Open_FileOfFormat1_CountsByReasonFromThenOn()
    {
        var path = Directory.CreateTempSubdirectory("clickfuncs-").FullName;
        StoreFolder.Execute(path, Format1 + Content);
        var fourth = Midnight + (3 * Granularities.DayMs);
        var bot = RowSets.Key with { Reason = "known_bot" };
        await using (var store = await StoreFolder.OpenAsync(path))
        {
            await store.PublishAsync(
                [RowSets.Of(0, 20, (fourth, RowSets.Key, RowSets.Clicks(7)), (fourth, bot, new WindowMetrics { RawClicks = 3, InvalidClicks = 3 }))], 0, CancellationToken.None);
            await store.PublishFinalAsync(
                Midnight, 1,
                AnalyticsRows.Batches([AnalyticsRows.Of(Midnight, 50), new AnalyticsRow(Midnight, bot, new WindowMetrics { RawClicks = 5, InvalidClicks = 5 })]),
                CancellationToken.None);
            await AssertReasonsAsync(store, fourth);
            await store.CompactAsync(CancellationToken.None);
            await store.RollUpAsync(fourth + Granularities.DayMs, CancellationToken.None);
        }

        StoreFolder.Execute(path, FormattableString.Invariant($"DELETE FROM minute WHERE start_ms = {fourth}; DELETE FROM hour WHERE start_ms = {fourth}"));
        await using (var store = await StoreFolder.OpenAsync(path))
            await AssertReasonsAsync(store, fourth);
        Directory.Delete(path, recursive: true);
    }

    private static async Task AssertReasonsAsync(DuckDbAnalyticsStore store, long fourth)
    {
        var answer = await store.QueryAsync(StoreFolder.Query(Granularity.Day) with { GroupBy = [Dimension.Reason] }, CancellationToken.None);
        Assert.Equal(
            [(Midnight, "", 50, 0), (Midnight, "known_bot", 0, 5), (fourth, "", 7, 0), (fourth, "known_bot", 0, 3)],
            answer.Points.Where(point => point.StartMs == Midnight || point.StartMs == fourth)
                .Select(point => (point.StartMs, point.Group[0], (int)point.Metrics.Clicks, (int)point.Metrics.InvalidClicks)));
    }
}

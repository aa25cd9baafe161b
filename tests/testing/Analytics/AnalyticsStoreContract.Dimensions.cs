using ClickFuncs.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Testing.Analytics;

public abstract partial class AnalyticsStoreContract
{
    [Fact]
    public async Task Query_OtherAdvertiser_SeesNothing()
    {
        await PublishAsync(RowSets.Of(0, 1, (Midnight, RowSets.Key, RowSets.Clicks(1))));
        Assert.Empty((await QueryAsync(All(Granularity.Day) with { AdvertiserId = "adv_2" })).Points);
    }

    [Fact]
    public async Task Query_FinalBeforeAnyClose_HasNothing()
    {
        await PublishAsync(RowSets.Of(0, 1, (Midnight, RowSets.Key, RowSets.Clicks(1))));
        Assert.Empty((await QueryAsync(All(Granularity.Day) with { Accuracy = Accuracy.Final })).Points);
        Assert.Single((await QueryAsync(All(Granularity.Day) with { Accuracy = Accuracy.Live })).Points);
    }

    [Fact]
    public async Task Query_GroupBy_SplitsInOrderAndSums()
    {
        await PublishAsync(RowSets.Of(
            0,
            1,
            (Midnight, RowSets.Key with { AdId = "ad_2", Device = "mobile" }, RowSets.Clicks(1)),
            (Midnight, RowSets.Key with { AdId = "ad_1", Device = "desktop" }, RowSets.Clicks(2)),
            (Midnight, RowSets.Key with { AdId = "ad_1", Device = "mobile" }, RowSets.Clicks(4)),
            (Midnight, RowSets.Key with { AdId = "ad_1", Device = "mobile", Country = "SE" }, RowSets.Clicks(8))));
        var answer = await QueryAsync(All(Granularity.Minute) with { GroupBy = [Dimension.Device, Dimension.Ad] });
        Assert.Equal(
            ["desktop ad_1 2", "mobile ad_1 12", "mobile ad_2 1"],
            answer.Points.Select(point => $"{point.Group[0]} {point.Group[1]} {point.Metrics.Clicks}"));
    }

    [Fact]
    public async Task Query_Filters_KeepWhatMeetsAllOfThem()
    {
        await PublishAsync(RowSets.Of(
            0,
            1,
            (Midnight, RowSets.Key with { CampaignId = "cmp_1", Country = "NO" }, RowSets.Clicks(1)),
            (Midnight, RowSets.Key with { CampaignId = "cmp_2", Country = "NO" }, RowSets.Clicks(2)),
            (Midnight, RowSets.Key with { CampaignId = "cmp_2", Country = "SE" }, RowSets.Clicks(4)),
            (Midnight, RowSets.Key with { CampaignId = "cmp_3", Country = "NO" }, RowSets.Clicks(8))));
        Assert.Equal(10, await FilteredClicksAsync((Dimension.Campaign, ["cmp_2", "cmp_3"]), (Dimension.Country, ["NO"])));
        Assert.Equal(4, await FilteredClicksAsync((Dimension.Country, ["SE", "never seen"])));
        Assert.Equal(0, await FilteredClicksAsync((Dimension.Country, ["never seen"])));
        Assert.Equal(0, await FilteredClicksAsync((Dimension.Country, [])));
    }

    [Fact]
    public async Task Query_UnknownValue_IsTheEmptyString()
    {
        await PublishAsync(RowSets.Of(
            0,
            1,
            (Midnight, RowSets.Key with { Device = "" }, RowSets.Clicks(1)),
            (Midnight, RowSets.Key, RowSets.Clicks(2))));
        var answer = await QueryAsync(All(Granularity.Day) with { GroupBy = [Dimension.Device] });
        Assert.Equal(["", "mobile"], answer.Points.Select(point => point.Group[0]));
        Assert.Equal(1, await FilteredClicksAsync((Dimension.Device, [""])));
    }

    [Fact]
    public async Task Query_OneCurrency_CountsWithoutOneJoinIt()
    {
        await PublishAsync(RowSets.Of(
            0,
            1,
            (Midnight, RowSets.Key with { Currency = "" }, new WindowMetrics { Impressions = 100 }),
            (Midnight, RowSets.Key, RowSets.Clicks(2)),
            (Midnight + Day, RowSets.Key with { Currency = "" }, new WindowMetrics { Impressions = 5 })));
        var answer = await QueryAsync(All(Granularity.Day));
        Assert.Equal(["USD 120", "USD 5"], answer.Points.Select(point => $"{point.Currency} {point.Metrics.Impressions}"));
    }

    [Fact]
    public async Task Query_SeveralCurrencies_AreNeverAdded()
    {
        await PublishAsync(RowSets.Of(
            0,
            1,
            (Midnight, RowSets.Key with { Currency = "" }, new WindowMetrics { Impressions = 100 }),
            (Midnight, RowSets.Key with { Currency = "USD" }, RowSets.Clicks(2)),
            (Midnight, RowSets.Key with { Currency = "EUR" }, RowSets.Clicks(3))));
        var answer = await QueryAsync(All(Granularity.Day));
        Assert.Equal([" 0", "EUR 3", "USD 2"], answer.Points.Select(point => $"{point.Currency} {point.Metrics.Clicks}"));
    }

    [Fact]
    public async Task Query_Watermark_IsTheLowestOfPartitionsThatAreNotIdle()
    {
        var idle = (long)IdleTimeout.TotalMilliseconds;
        await Store.PublishAsync([RowSets.Of(0, 1, (Midnight, RowSets.Key, RowSets.Clicks(1)))], 1_000, CancellationToken.None);
        await Store.PublishAsync([RowSets.Of(1, 1, (Midnight + Hour, RowSets.Key, RowSets.Clicks(1)))], 1_000 + idle, CancellationToken.None);
        var answer = await QueryAsync(All(Granularity.Day));
        Assert.Equal((Midnight, 1_000 + idle), (answer.WatermarkMs, answer.AsOfMs));

        await Store.PublishAsync([RowSets.Of(1, 2, (Midnight + Hour, RowSets.Key, RowSets.Clicks(2)))], 1_001 + idle, CancellationToken.None);
        answer = await QueryAsync(All(Granularity.Day));
        Assert.Equal((Midnight + Hour, 1_001 + idle), (answer.WatermarkMs, answer.AsOfMs));
    }

    [Fact]
    public async Task Publish_OldVersionAgain_ClaimsNoFreshness()
    {
        var first = RowSets.Of(0, 1, (Midnight, RowSets.Key, RowSets.Clicks(1)));
        await Store.PublishAsync([first], 1_000, CancellationToken.None);
        await Store.PublishAsync([RowSets.Of(0, 2, (Midnight + Minute, RowSets.Key, RowSets.Clicks(1)))], 2_000, CancellationToken.None);
        await Store.PublishAsync([first], 3_000, CancellationToken.None);
        var answer = await QueryAsync(All(Granularity.Day));
        Assert.Equal((Midnight + Minute, 2_000), (answer.WatermarkMs, answer.AsOfMs));
    }

    [Fact]
    public async Task Publish_NoRows_MovesTheWatermark()
    {
        await PublishAsync(new WindowRowSet { Partition = 0, Version = 4, WatermarkMs = Midnight });
        var answer = await QueryAsync(All(Granularity.Day));
        Assert.Empty(answer.Points);
        Assert.Equal(Midnight, answer.WatermarkMs);
    }

    [Fact]
    public async Task Publish_Cancelled_LeavesNothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Store.PublishAsync([RowSets.Of(0, 1, (Midnight, RowSets.Key, RowSets.Clicks(1)))], Midnight, cancelled.Token));
        Assert.Equal(0, await TotalClicksAsync());
    }

    private async Task<long> FilteredClicksAsync(params (Dimension Dimension, string[] Values)[] filters)
    {
        var byDimension = filters.ToDictionary(filter => filter.Dimension, IReadOnlyList<string> (filter) => filter.Values);
        return (await QueryAsync(All(Granularity.Hour) with { Filters = byDimension })).Points.Sum(point => point.Metrics.Clicks);
    }
}

using ClickFuncs.Analytics;
using ClickFuncs.Local.Analytics;
using ClickFuncs.Testing.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Tests.Analytics.Retention;

public sealed class RetentionTests
{
    private const long Midnight = StoreFolder.Midnight;
    private const long Hour = Granularities.HourMs;
    private const long Day = Granularities.DayMs;
    private const int Days = 8;
    private const long Newest = Midnight + ((Days - 1) * Day) + (Hour / 2);

    private static readonly DuckDbAnalyticsOptions Short = new() { MinuteDays = 2, HourDays = 4, HotDays = 36500 };

    [Fact]
    public async Task Retain_RolledUpDays_DeletesByAgeAndChangesNoTotal()
    {
        await using var folder = await CreateAsync();
        await PublishFinalAsync(folder, 2);
        await folder.RetainAsync();

        // The newest event is half an hour past the last midnight.
        Assert.Equal(new KeptFrom(Midnight + (5 * Day), Midnight + (3 * Day)), await folder.Store.ReadKeptAsync(CancellationToken.None));
        Assert.Equal(3, await folder.CountAsync("minute"));
        Assert.Equal(5, await folder.CountAsync("hour"));
        Assert.Equal(0, await folder.CountAsync("final_hour"));
        Assert.Equal(Days + 8, await folder.ClicksAsync(Query(Granularity.Day, 0)));
        Assert.Equal(Days, await folder.ClicksAsync(Query(Granularity.Day, 0) with { Accuracy = Accuracy.Live }));
        Assert.Equal(5, await folder.ClicksAsync(Query(Granularity.Hour, 3)));
        Assert.Equal(3, await folder.ClicksAsync(Query(Granularity.Minute, 5)));
    }

    [Fact]
    public async Task Query_FinerThanWhatIsLeft_IsRefusedEvenWithoutRows()
    {
        await using var folder = await CreateAsync();
        await folder.RetainAsync();
        await AssertRefusedAsync(folder, Query(Granularity.Minute, 4));
        await AssertRefusedAsync(folder, Query(Granularity.Hour, 2));
        await AssertRefusedAsync(folder, Query(Granularity.Hour, 2) with { AdvertiserId = "adv_never_seen" });
        await AssertRefusedAsync(folder, Query(Granularity.Day, 2) with { FromMs = Midnight + (2 * Day) + Hour });
    }

    [Fact]
    public async Task Retain_WhatIsNotRolledUp_IsKept()
    {
        await using var folder = await CreateAsync();
        await folder.Store.RetainAsync(TimeSpan.Zero, CancellationToken.None);
        await folder.Store.RollUpAsync(Midnight + (3 * Day), CancellationToken.None);
        await folder.Store.RetainAsync(TimeSpan.Zero, CancellationToken.None);
        Assert.Equal(new KeptFrom(Midnight + (3 * Day), Midnight + (3 * Day)), await folder.Store.ReadKeptAsync(CancellationToken.None));
        Assert.Equal(Days, await folder.ClicksAsync(Query(Granularity.Day, 0)));
    }

    [Fact]
    public async Task Retain_HourCorrectedSince_WaitsUntilItIsRolledUpAgain()
    {
        await using var folder = await CreateAsync();
        await folder.Store.RollUpAsync(Midnight + (30 * Day), CancellationToken.None);
        var correction = RowSets.Of(0, 2, (Midnight + (2 * Day), RowSets.Key, RowSets.Clicks(11)));
        correction.WatermarkMs = Newest;
        await folder.Store.PublishAsync([correction], 0, CancellationToken.None);
        await folder.Store.RetainAsync(TimeSpan.Zero, CancellationToken.None);
        Assert.Equal(Midnight + (2 * Day), (await folder.Store.ReadKeptAsync(CancellationToken.None)).MinutesMs);
        await folder.RetainAsync();
        Assert.Equal(Midnight + (5 * Day), (await folder.Store.ReadKeptAsync(CancellationToken.None)).MinutesMs);
        Assert.Equal(Days + 10, await folder.ClicksAsync(Query(Granularity.Day, 0)));
    }

    [Fact]
    public async Task Retain_PartitionThatLags_KeepsWhatItMayStillCorrect()
    {
        await using var folder = await CreateAsync();
        await folder.Store.PublishAsync(
            [new WindowRowSet { Partition = 7, Version = 1, WatermarkMs = Midnight + (4 * Day) + (10 * 60_000) }], 0, CancellationToken.None);
        await folder.RetainAsync();
        Assert.Equal(Midnight + (3 * Day), (await folder.Store.ReadKeptAsync(CancellationToken.None)).MinutesMs);
        await folder.Store.PublishAsync([RowSets.Of(7, 2, (Midnight + (4 * Day), RowSets.Key, RowSets.Clicks(5)))], 0, CancellationToken.None);
        Assert.Equal(Days + 5, await folder.ClicksAsync(Query(Granularity.Day, 0)));
    }

    [Fact]
    public async Task Publish_RepetitionOfDeletedMinutes_ChangesNothing()
    {
        await using var folder = await CreateAsync();
        await folder.RetainAsync();
        await PublishAsync(folder);
        await folder.RetainAsync();
        Assert.Equal(Days, await folder.ClicksAsync(Query(Granularity.Day, 0)));
        Assert.DoesNotContain(4109, folder.Logged);
    }

    [Fact]
    public async Task Publish_NewsOfDeletedMinutes_IsLeftToTheRecountAndSaid()
    {
        await using var folder = await CreateAsync();
        await folder.RetainAsync();
        await folder.Store.PublishAsync([RowSets.Of(3, 9, (Midnight, RowSets.Key, RowSets.Clicks(5)))], 0, CancellationToken.None);
        await folder.RetainAsync();
        Assert.Equal(Days, await folder.ClicksAsync(Query(Granularity.Day, 0)));
        Assert.Contains(4109, folder.Logged);
    }

    [Fact]
    public async Task RollUp_DirtySpanWithoutFinerRows_IsNotSummedToZero()
    {
        await using var folder = await CreateAsync();
        await folder.RetainAsync();
        await folder.ReopenAfterAsync($"INSERT INTO dirty VALUES ({Hour}, {Midnight + (4 * Day)}), ({Day}, {Midnight + Day})");
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(Days, await folder.ClicksAsync(Query(Granularity.Day, 0)));
            Assert.Equal(5, await folder.ClicksAsync(Query(Granularity.Hour, 3)));
            await folder.RetainAsync();
        }
    }

    [Fact]
    public async Task Retain_SecondTime_DeletesNothingMore()
    {
        await using var folder = await CreateAsync();
        await folder.RetainAsync();
        folder.Logged.Clear();
        await folder.RetainAsync();
        Assert.DoesNotContain(4106, folder.Logged);
    }

    private static async Task AssertRefusedAsync(StoreFolder folder, AnalyticsQuery query) =>
        await Assert.ThrowsAsync<AnalyticsExpiredException>(async () => await folder.Store.QueryAsync(query, CancellationToken.None));

    private static AnalyticsQuery Query(Granularity granularity, int fromDay) =>
        StoreFolder.Query(granularity, Days + 1) with { FromMs = Midnight + (fromDay * Day) };

    private static async Task<StoreFolder> CreateAsync()
    {
        var folder = await StoreFolder.CreateAsync(Short);
        await PublishAsync(folder);
        return folder;
    }

    // A click at the first minute of every day.
    private static async Task PublishAsync(StoreFolder folder)
    {
        var set = new WindowRowSet { Partition = 0, Version = 1, WatermarkMs = Newest };
        for (var day = 0; day < Days; day++)
            set.Add(Midnight + (day * Day), RowSets.Key.Encode(), RowSets.Clicks(1));
        await folder.Store.PublishAsync([set], Midnight, CancellationToken.None);
    }

    private static ValueTask PublishFinalAsync(StoreFolder folder, int day) => folder.Store.PublishFinalAsync(
        Midnight + (day * Day), 1, AnalyticsRows.Batches([AnalyticsRows.Of(Midnight + (day * Day), 9)]), CancellationToken.None);
}

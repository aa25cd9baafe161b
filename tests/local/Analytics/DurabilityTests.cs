using ClickFuncs.Analytics;
using ClickFuncs.Local.Analytics;
using ClickFuncs.Testing.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Tests.Analytics;

public sealed class DurabilityTests
{
    private const long Midnight = StoreFolder.Midnight;

    [Fact]
    public async Task Open_AfterACrash_HasAllThatWasPublished()
    {
        await using var folder = await StoreFolder.CreateAsync();
        await PublishAsync(folder.Store, 1, RowSets.Key);
        await folder.Store.RollUpAsync(Midnight + Granularities.DayMs, CancellationToken.None);
        await PublishAsync(folder.Store, 2, RowSets.Key with { AdId = "ad_new" });

        // What a killed process leaves behind is what its files hold at that moment.
        var crashed = Directory.CreateTempSubdirectory("clickfuncs-").FullName;
        foreach (var file in Directory.EnumerateFiles(folder.Path, "analytics.duckdb*"))
            File.Copy(file, Path.Combine(crashed, Path.GetFileName(file)));
        await using (var store = await StoreFolder.OpenAsync(crashed))
        {
            var query = StoreFolder.Query(Granularity.Day) with { GroupBy = [Dimension.Ad] };
            var answer = await store.QueryAsync(query, CancellationToken.None);
            Assert.Equal(["ad_1", "ad_new"], answer.Points.Select(point => point.Group[0]));
        }

        Directory.Delete(crashed, recursive: true);
    }

    [Fact]
    public async Task Publish_AfterReopen_KeepsNamesApart()
    {
        await using var folder = await StoreFolder.CreateAsync();
        for (var version = 1; version <= 3; version++)
        {
            await PublishAsync(folder.Store, version, RowSets.Key with { AdId = $"ad_{version}" });
            await folder.ReopenAfterAsync("SELECT 1");
        }

        var query = StoreFolder.Query(Granularity.Day) with { GroupBy = [Dimension.Ad] };
        Assert.Equal(
            ["ad_1", "ad_2", "ad_3"],
            (await folder.Store.QueryAsync(query, CancellationToken.None)).Points.Select(point => point.Group[0]));
    }

    [Fact]
    public async Task Publish_OneBadRow_LeavesNothingAndTheNextWorks()
    {
        await using var folder = await StoreFolder.CreateAsync();
        var bad = RowSets.Of(0, 1, (Midnight, RowSets.Key with { AdId = "ad_new" }, RowSets.Clicks(5)), (Midnight + 1, RowSets.Key, RowSets.Clicks(5)));
        await Assert.ThrowsAsync<ArgumentException>(async () => await folder.Store.PublishAsync([bad], Midnight, CancellationToken.None));
        Assert.Equal(0, await folder.ClicksAsync(StoreFolder.Query(Granularity.Minute)));
        await PublishAsync(folder.Store, 1, RowSets.Key with { AdId = "ad_new" });
        await folder.ReopenAfterAsync("SELECT 1");
        Assert.Equal(1, await folder.ClicksAsync(StoreFolder.Query(Granularity.Minute)));
    }

    [Fact]
    public async Task Publish_CancelledHalfway_LeavesNothing()
    {
        await using var folder = await StoreFolder.CreateAsync();
        using var cancel = new CancellationTokenSource();
        var set = new WindowRowSet { Partition = 0, Version = 1 };
        for (var minute = 0; minute < 100_000; minute++)
            set.Add(Midnight + (minute * Granularities.MinuteMs), RowSets.Key.Encode(), RowSets.Clicks(1));
        var publish = folder.Store.PublishAsync([set], Midnight, cancel.Token).AsTask();
        await cancel.CancelAsync();
        var clicks = publish.IsCompletedSuccessfully ? 100_000 : 0;
        if (clicks == 0)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publish);
        Assert.Equal(clicks, await folder.ClicksAsync(StoreFolder.Query(Granularity.Minute, days: 100)));
    }

    [Fact]
    public async Task Open_Twice_SaysThatItIsInUse()
    {
        await using var folder = await StoreFolder.CreateAsync();
        var error = await Assert.ThrowsAsync<AnalyticsStoreException>(() => StoreFolder.OpenAsync(folder.Path));
        Assert.Contains("is in use", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_NewerFormat_IsRefused()
    {
        await using var folder = await StoreFolder.CreateAsync();
        var error = await Assert.ThrowsAsync<AnalyticsStoreException>(() => folder.ReopenAfterAsync("UPDATE meta SET format = 99"));
        Assert.Contains("has format 99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WhatIsNoDatabase_IsRefused()
    {
        var folder = Directory.CreateTempSubdirectory("clickfuncs-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "analytics.duckdb"), new string('x', 10_000));
        var error = await Assert.ThrowsAsync<AnalyticsStoreException>(() => StoreFolder.OpenAsync(folder));
        Assert.Contains("can't be opened", error.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Query_TooManyPoints_SaysWhatToDo()
    {
        await using var folder = await StoreFolder.CreateAsync(new DuckDbAnalyticsOptions { MaxPoints = 2 });
        for (var version = 1; version <= 3; version++)
            await PublishAsync(folder.Store, version, RowSets.Key with { AdId = $"ad_{version}" });
        var query = StoreFolder.Query(Granularity.Day) with { GroupBy = [Dimension.Ad] };
        var error = await Assert.ThrowsAsync<AnalyticsLimitException>(async () => await folder.Store.QueryAsync(query, CancellationToken.None));
        Assert.StartsWith("The answer would have more than 2 points. Ask for a shorter range", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, await folder.ClicksAsync(StoreFolder.Query(Granularity.Day)));
    }

    [Fact]
    public async Task Query_WhilePublishingAndMaintaining_SeesWholePublishesOnly()
    {
        await using var folder = await StoreFolder.CreateAsync(new DuckDbAnalyticsOptions { CompactionRows = 50 });
        const int minutes = 120;
        const int versions = 8;
        var writing = Task.Run(async () =>
        {
            for (var version = 1; version <= versions; version++)
            {
                var set = new WindowRowSet { Partition = 0, Version = version };
                for (var minute = 0; minute < minutes; minute++)
                    set.Add(Midnight + (minute * Granularities.MinuteMs), RowSets.Key.Encode(), RowSets.Clicks(version));
                await folder.Store.PublishAsync([set], Midnight, CancellationToken.None);
                if (version % 3 == 0)
                    await folder.Store.CompactAsync(CancellationToken.None);
                if (version % 4 == 0)
                    await folder.Store.RollUpAsync(Midnight + Granularities.DayMs, CancellationToken.None);
            }
        });
        var last = 0L;
        for (var isLast = false; !isLast;)
        {
            isLast = writing.IsCompleted;
            var clicks = await folder.ClicksAsync(StoreFolder.Query(Granularity.Hour, days: 1));
            Assert.Equal(0, clicks % minutes);
            Assert.True(clicks >= last, $"{last} clicks were seen, and then {clicks}.");
            last = clicks;
        }

        await writing;
        Assert.Equal(minutes * versions, last);
    }

    private static ValueTask PublishAsync(DuckDbAnalyticsStore store, long version, DimensionKey key) =>
        store.PublishAsync([RowSets.Of(0, version, (Midnight, key, RowSets.Clicks(1)))], Midnight, CancellationToken.None);
}

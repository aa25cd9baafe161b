using ClickFuncs.Analytics;
using ClickFuncs.Lake;
using ClickFuncs.Local.Analytics;
using ClickFuncs.Testing.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Tests.Analytics.Retention;

public sealed class ArchiveTests
{
    // 2026-07-01, the first of a month of 31 days, and one of 31 after it.
    private const long July = StoreFolder.Midnight;
    private const long Day = Granularities.DayMs;
    private const int Days = 80;
    private const int Total = Days / 10 * 3;

    private static readonly DuckDbAnalyticsOptions Short = new() { MinuteDays = 2, HourDays = 4, HotDays = 10 };

    [Fact]
    public async Task Retain_MonthsBeforeTheHotPeriod_MoveToTheLakeAndStayQueryable()
    {
        await using var folder = await CreateAsync();
        var queries = Queries().ToList();
        var before = await AnswersAsync(folder, queries);
        await folder.RetainAsync();
        Assert.Equal(["days/2026/07", "days/2026/08"], (await FilesAsync(folder)).Select(path => path[..12]));
        Assert.Equal(1, await folder.CountAsync("(SELECT DISTINCT start_ms FROM day)"));
        Assert.Equal(before, await AnswersAsync(folder, queries));
        await folder.RetainAsync();
        Assert.Equal(2, (await FilesAsync(folder)).Count);
    }

    [Fact]
    public async Task Retain_KilledAfterTheFileWasMade_GoesOn()
    {
        await using var folder = await CreateAsync();
        var lake = folder.Lake!;
        folder.Lake = new FaultyLake(lake, afterCreate: () => throw new IOException("killed"));
        await folder.ReopenAfterAsync("SELECT 1");
        await Assert.ThrowsAsync<IOException>(folder.RetainAsync);
        Assert.Equal(Total, await folder.ClicksAsync(Query() with { Accuracy = Accuracy.Live }));
        folder.Lake = lake;
        await folder.ReopenAfterAsync("SELECT 1");
        await folder.RetainAsync();
        Assert.Equal(2, (await FilesAsync(folder)).Count);
        Assert.Equal(Total, await folder.ClicksAsync(Query() with { Accuracy = Accuracy.Live }));
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.tmp"));
    }

    [Fact]
    public async Task Retain_LakeThatKeepsSomethingElse_DeletesNothing()
    {
        await using var folder = await CreateAsync();
        var other = Path.Combine(folder.Path, "other.parquet");
        StoreFolderParquet.Write(other, July);
        folder.Lake = new FaultyLake(folder.Lake!, fetched: other);
        await folder.ReopenAfterAsync("SELECT 1");
        var error = await Assert.ThrowsAsync<InvalidDataException>(folder.RetainAsync);
        Assert.Contains("does not hold the daily counts", error.Message, StringComparison.Ordinal);
        Assert.Equal(Total, await folder.ClicksAsync(Query() with { Accuracy = Accuracy.Live }));
    }

    [Fact]
    public async Task Query_ArchivedMonthWithoutLake_SaysWhereItIs()
    {
        await using var folder = await CreateAsync();
        await folder.RetainAsync();
        folder.Lake = null;
        await folder.ReopenAfterAsync("SELECT 1");
        var error = await Assert.ThrowsAsync<AnalyticsStoreException>(() => folder.ClicksAsync(Query()));
        Assert.Contains("in the lake, in days/2026/07-", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, await folder.ClicksAsync(Query() with { FromMs = July + (62 * Day), Accuracy = Accuracy.Live }));
    }

    [Fact]
    public async Task Query_ArchivedFileThatIsGone_SaysWhich()
    {
        await using var folder = await CreateAsync();
        await folder.RetainAsync();
        foreach (var path in await FilesAsync(folder))
            await folder.Lake!.DeleteAsync(path, CancellationToken.None);
        await Assert.ThrowsAsync<LakeFileMissingException>(() => folder.ClicksAsync(Query()));
    }

    [Fact]
    public async Task PublishFinal_DayOfAnArchivedMonth_ReplacesItThere()
    {
        await using var folder = await CreateAsync();
        await folder.RetainAsync();
        await PublishFinalAsync(folder, day: 10, revision: 2, clicks: 700);
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(700, await folder.ClicksAsync(Query() with { FromMs = July + (10 * Day), ToMs = July + (11 * Day), Accuracy = Accuracy.Final }));
            Assert.Equal(Total, await folder.ClicksAsync(Query() with { Accuracy = Accuracy.Live }));
            await folder.RetainAsync();
        }

        // The earlier file stays, since the lake deletes nothing; nobody reads it.
        Assert.Equal(3, (await FilesAsync(folder)).Count);
    }

    [Fact]
    public async Task Apply_RangeOfAnArchivedMonth_ReplacesItByTheDay()
    {
        await using var folder = await CreateAsync();
        await folder.RetainAsync();
        var (from, to) = (July + (30 * Day), July + (32 * Day));
        await folder.Store.StageAsync("b", [RowSets.Of(0, 500, (from + 60_000, RowSets.Key, RowSets.Clicks(40)))], CancellationToken.None);
        var differences = new List<StagedDifference>();
        await foreach (var batch in folder.Store.CompareAsync("b", from, to, CancellationToken.None))
            differences.AddRange(batch);
        Assert.Equal([Granularity.Day], differences.Select(it => it.Width).Distinct());
        Assert.Equal((3, 40), (differences.Sum(it => it.Published.Clicks), differences.Sum(it => it.Staged.Clicks)));

        // While the backfill is open no month moves away under it.
        await folder.RetainAsync();
        await Assert.ThrowsAsync<AnalyticsExpiredException>(
            async () => await folder.Store.ApplyAsync("b", from + Granularities.HourMs, to, CancellationToken.None));
        await folder.Store.ApplyAsync("b", from, to, CancellationToken.None);
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(Total - 3 + 40, await folder.ClicksAsync(Query() with { Accuracy = Accuracy.Live }));
            await folder.RetainAsync();
        }

        Assert.Equal(0, await folder.CountAsync($"day WHERE start_ms < {July + (62 * Day)}"));
    }

    private static AnalyticsQuery Query() => StoreFolder.Query(Granularity.Day, Days);

    // Whole days, groups, filters and accuracies, on both sides of the month's and the hot period's edges.
    private static IEnumerable<AnalyticsQuery> Queries() =>
        from accuracy in Enum.GetValues<Accuracy>()
        from fromDay in (int[])[0, 5, 31]
        from toDay in (int[])[31, Days]
        where fromDay < toDay
        select Query() with
        {
            FromMs = July + (fromDay * Day),
            ToMs = July + (toDay * Day),
            Accuracy = accuracy,
            GroupBy = fromDay == 5 ? [Dimension.Ad, Dimension.Country] : [],
            Filters = toDay == 31 ? new Dictionary<Dimension, IReadOnlyList<string>> { [Dimension.Ad] = ["ad_2", "ad_nowhere"] } : [],
        };

    private static async Task<List<string>> AnswersAsync(StoreFolder folder, List<AnalyticsQuery> queries)
    {
        var lines = new List<string>();
        foreach (var query in queries)
        {
            var answer = await folder.Store.QueryAsync(query, CancellationToken.None);
            lines.AddRange(answer.Points.Select(it => $"{it.StartMs} {string.Join('|', it.Group)} {it.Currency} {it.Metrics} {it.Accuracy}"));
        }

        return lines;
    }

    private static async Task<List<string>> FilesAsync(StoreFolder folder)
    {
        var paths = new List<string>();
        await foreach (var file in folder.Lake!.ListAsync("days/", CancellationToken.None))
            paths.Add(file.Path);
        return paths;
    }

    // Three clicks every tenth day on two ads, some days final with another number.
    private static async Task<StoreFolder> CreateAsync()
    {
        var folder = await StoreFolder.CreateWithLakeAsync(Short);
        var set = new WindowRowSet { Partition = 0, Version = 1, WatermarkMs = July + (Days * Day) - 1 };
        for (var day = 0; day < Days; day += 10)
        {
            set.Add(July + (day * Day), RowSets.Key.Encode(), RowSets.Clicks(1));
            set.Add(July + (day * Day), (RowSets.Key with { AdId = "ad_2", Country = "" }).Encode(), RowSets.Clicks(2));
        }

        await folder.Store.PublishAsync([set], July, CancellationToken.None);
        foreach (var day in (int[])[10, 20, 30, 31, 70])
            await PublishFinalAsync(folder, day, 1, 100 + day);
        return folder;
    }

    private static ValueTask PublishFinalAsync(StoreFolder folder, int day, int revision, long clicks) => folder.Store.PublishFinalAsync(
        July + (day * Day), revision, AnalyticsRows.Batches([AnalyticsRows.Of(July + (day * Day), clicks)]), CancellationToken.None);
}

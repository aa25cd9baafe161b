using ClickFuncs.Analytics;
using ClickFuncs.Testing.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Tests.Analytics;

public sealed class RollupTests
{
    private const long Midnight = StoreFolder.Midnight;

    [Fact]
    public async Task Query_RolledUpHours_NeedNoMinutes()
    {
        await using var folder = await CreateAsync();
        await folder.Store.CompactAsync(CancellationToken.None);
        await folder.Store.RollUpAsync(Midnight + (30 * Granularities.HourMs), CancellationToken.None);
        await folder.ReopenAfterAsync($"DELETE FROM minute WHERE start_ms < {Midnight + (30 * Granularities.HourMs)}");
        Assert.Equal(48, await folder.ClicksAsync(StoreFolder.Query(Granularity.Hour)));
        Assert.Equal(18, await folder.ClicksAsync(StoreFolder.Query(Granularity.Minute)));
    }

    [Fact]
    public async Task Query_RolledUpDays_NeedNoHours()
    {
        await using var folder = await CreateAsync();
        await folder.Store.RollUpAsync(Midnight + (30 * Granularities.HourMs), CancellationToken.None);
        await folder.ReopenAfterAsync($"DELETE FROM hour WHERE start_ms < {Midnight + Granularities.DayMs}");
        Assert.Equal(48, await folder.ClicksAsync(StoreFolder.Query(Granularity.Day)));
    }

    [Fact]
    public async Task Query_DayWithPartialEdges_ComposesDaysHoursAndMinutes()
    {
        await using var folder = await CreateAsync(days: 4);
        await folder.Store.CompactAsync(CancellationToken.None);
        await folder.Store.RollUpAsync(Midnight + (4 * Granularities.DayMs), CancellationToken.None);

        // From 22:30 on the first day to 02:31 on the last: rows are at half past each hour.
        var from = Midnight + (22 * Granularities.HourMs) + (30 * Granularities.MinuteMs);
        var to = Midnight + (3 * Granularities.DayMs) + (2 * Granularities.HourMs) + (31 * Granularities.MinuteMs);
        await folder.ReopenAfterAsync(
            $"""
            DELETE FROM minute WHERE start_ms >= {from + Granularities.HourMs} AND start_ms < {to - Granularities.HourMs};
            DELETE FROM hour WHERE start_ms >= {Midnight + Granularities.DayMs} AND start_ms < {Midnight + (3 * Granularities.DayMs)};
            """);
        var query = StoreFolder.Query(Granularity.Day) with { FromMs = from, ToMs = to };
        var answer = await folder.Store.QueryAsync(query, CancellationToken.None);
        Assert.Equal([2, 24, 24, 3], answer.Points.Select(point => point.Metrics.Clicks));
    }

    [Fact]
    public async Task Publish_CorrectionOfRolledUpHour_IsSeenAtOnceAndRolledUpAgain()
    {
        await using var folder = await CreateAsync();
        await folder.Store.RollUpAsync(Midnight + (2 * Granularities.DayMs), CancellationToken.None);
        await folder.Store.PublishAsync(
            [RowSets.Of(0, 2, (Midnight + (30 * Granularities.MinuteMs), RowSets.Key, RowSets.Clicks(101)))], Midnight, CancellationToken.None);
        await AssertClicksAsync(folder, 148);
        await folder.Store.RollUpAsync(Midnight + (2 * Granularities.DayMs), CancellationToken.None);
        await AssertClicksAsync(folder, 148);
        await folder.Store.CompactAsync(CancellationToken.None);
        await folder.ReopenAfterAsync("DELETE FROM minute");
        Assert.Equal(148, await folder.ClicksAsync(StoreFolder.Query(Granularity.Hour)));
        Assert.Equal(148, await folder.ClicksAsync(StoreFolder.Query(Granularity.Day)));
    }

    [Fact]
    public async Task Publish_CorrectionOfHourThatHadNothing_IsSeen()
    {
        await using var folder = await CreateAsync();
        await folder.Store.RollUpAsync(Midnight + (5 * Granularities.DayMs), CancellationToken.None);
        await folder.Store.PublishAsync(
            [RowSets.Of(0, 2, (Midnight + (4 * Granularities.DayMs), RowSets.Key, RowSets.Clicks(1)))], Midnight, CancellationToken.None);
        await AssertClicksAsync(folder, 49);
    }

    [Fact]
    public async Task Query_ManyDirtyHours_IsExact()
    {
        await using var folder = await CreateAsync();
        await folder.Store.RollUpAsync(Midnight + (2 * Granularities.DayMs), CancellationToken.None);
        var correction = new WindowRowSet { Partition = 0, Version = 2 };
        for (var hour = 0; hour < 48; hour += 2)
            correction.Add(Midnight + (hour * Granularities.HourMs), RowSets.Key.Encode(), RowSets.Clicks(10));
        await folder.Store.PublishAsync([correction], Midnight, CancellationToken.None);
        await AssertClicksAsync(folder, 48 + 240);
        await folder.Store.CompactAsync(CancellationToken.None);
        await AssertClicksAsync(folder, 48 + 240);
    }

    // One click at half past every hour.
    private static async Task<StoreFolder> CreateAsync(int days = 2)
    {
        var folder = await StoreFolder.CreateAsync();
        var set = new WindowRowSet { Partition = 0, Version = 1, WatermarkMs = Midnight };
        for (var hour = 0; hour < 24 * days; hour++)
            set.Add(Midnight + (hour * Granularities.HourMs) + (30 * Granularities.MinuteMs), RowSets.Key.Encode(), RowSets.Clicks(1));
        await folder.Store.PublishAsync([set], Midnight, CancellationToken.None);
        return folder;
    }

    private static async Task AssertClicksAsync(StoreFolder folder, long expected)
    {
        foreach (var granularity in Enum.GetValues<Granularity>())
            Assert.Equal(expected, await folder.ClicksAsync(StoreFolder.Query(granularity)));
    }
}

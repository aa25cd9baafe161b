using ClickFuncs.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Testing.Analytics;

/// <summary>What every analytics store promises; each store inherits it.</summary>
public abstract partial class AnalyticsStoreContract : AnalyticsContract
{
    [Fact]
    public async Task Query_EmptyStore_HasNothingAndNoTimes()
    {
        var answer = await QueryAsync(All(Granularity.Hour));
        Assert.Empty(answer.Points);
        Assert.Null(answer.WatermarkMs);
        Assert.Null(answer.AsOfMs);
    }

    [Fact]
    public async Task Publish_OneRow_IsAnsweredWhole()
    {
        await PublishAsync(RowSets.Of(3, 17, (Midnight, RowSets.Key, RowSets.Clicks(7))));
        var answer = await QueryAsync(All(Granularity.Minute) with { GroupBy = Enum.GetValues<Dimension>() });
        var point = Assert.Single(answer.Points);
        Assert.Equal(Midnight, point.StartMs);
        Assert.Equal(["cmp_1", "grp_1", "ad_1", "cr_1", "mobile", "NO", ""], point.Group);
        Assert.Equal("USD", point.Currency);
        Assert.Equal(RowSets.Clicks(7), point.Metrics);
        Assert.Equal(Accuracy.Live, point.Accuracy);
    }

    [Fact]
    public async Task Publish_SameSetTwice_ChangesNothing()
    {
        var set = RowSets.Of(0, 5, (Midnight, RowSets.Key, RowSets.Clicks(3)));
        await PublishAsync(set);
        await PublishAsync(set, set);
        Assert.Equal(3, await TotalClicksAsync());
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task Publish_TwoVersionsInAnyOrder_HigherWins(long first, long second)
    {
        await PublishAsync(RowSets.Of(0, first, (Midnight, RowSets.Key, RowSets.Clicks(first))));
        await PublishAsync(RowSets.Of(0, second, (Midnight, RowSets.Key, RowSets.Clicks(second))));
        Assert.Equal(2, await TotalClicksAsync());
    }

    [Fact]
    public async Task Publish_TwoVersionsInOneCall_HigherWins()
    {
        await PublishAsync(
            RowSets.Of(0, 9, (Midnight, RowSets.Key, RowSets.Clicks(4))), RowSets.Of(0, 8, (Midnight, RowSets.Key, RowSets.Clicks(40))));
        Assert.Equal(4, await TotalClicksAsync());
    }

    [Fact]
    public async Task Publish_HigherVersionWithLowerCounts_Wins()
    {
        await PublishAsync(RowSets.Of(0, 1, (Midnight, RowSets.Key, RowSets.Clicks(10))));
        await PublishAsync(RowSets.Of(0, 2, (Midnight, RowSets.Key, RowSets.Clicks(6))));
        Assert.Equal(6, await TotalClicksAsync());
    }

    [Fact]
    public async Task Publish_OlderVersionAfterMaintenance_DoesNotWin()
    {
        await PublishAsync(RowSets.Of(0, 10, (Midnight, RowSets.Key, RowSets.Clicks(6))));
        for (var kind = 0; kind < 3; kind++)
        {
            await MaintainAsync(Store, kind, Midnight + (2 * Day));
            await PublishAsync(RowSets.Of(0, 9, (Midnight, RowSets.Key, RowSets.Clicks(100))));
            Assert.Equal(6, await TotalClicksAsync());
        }
    }

    [Fact]
    public async Task Publish_CorrectionAfterMaintenance_Wins()
    {
        for (var version = 1L; version < 6; version++)
        {
            await PublishAsync(RowSets.Of(0, version, (Midnight, RowSets.Key, RowSets.Clicks(version))));
            Assert.Equal(version, await TotalClicksAsync());
            await MaintainAsync(Store, (int)version % 3, Midnight + (2 * Day));
            Assert.Equal(version, await TotalClicksAsync());
        }
    }

    [Fact]
    public async Task Query_SeveralPartitions_AreAdded()
    {
        for (var partition = 0; partition < 4; partition++)
            await PublishAsync(RowSets.Of(partition, 100 - partition, (Midnight, RowSets.Key, RowSets.Clicks(1 + partition))));
        Assert.Equal(1 + 2 + 3 + 4, await TotalClicksAsync());
    }

    [Theory]
    [InlineData(Granularity.Minute, 5)]
    [InlineData(Granularity.Hour, 3)]
    [InlineData(Granularity.Day, 2)]
    public async Task Query_EachGranularity_AlignsToUtc(Granularity granularity, int points)
    {
        await PublishAsync(RowSets.Of(0, 1, Rows(Midnight, Midnight + Minute, Midnight + (59 * Minute), Midnight + Hour, Midnight + Day)));
        var answer = await QueryAsync(All(granularity));
        Assert.Equal(points, answer.Points.Count);
        Assert.All(answer.Points, point => Assert.Equal(0, point.StartMs % granularity.WidthMs()));
        Assert.Equal(answer.Points.OrderBy(point => point.StartMs), answer.Points);
        Assert.Equal(5, answer.Points.Sum(point => point.Metrics.Clicks));
    }

    [Theory]
    [InlineData(0, 5 * Minute, 5)]
    [InlineData(Minute, 4 * Minute, 3)]
    [InlineData(1, (4 * Minute) + 1, 4)]
    [InlineData(2 * Minute, 2 * Minute, 0)]
    [InlineData(3 * Minute, Minute, 0)]
    public async Task Query_RangeEdges_CountWindowsThatStartWithin(long from, long to, int minutes)
    {
        await PublishAsync(RowSets.Of(0, 1, Rows([.. Enumerable.Range(0, 5).Select(i => Midnight + (i * Minute))])));
        foreach (var granularity in Enum.GetValues<Granularity>())
        {
            var answer = await QueryAsync(All(granularity) with { FromMs = Midnight + from, ToMs = Midnight + to });
            Assert.Equal(minutes, answer.Points.Sum(point => point.Metrics.Clicks));
        }
    }

    private static (long, DimensionKey, WindowMetrics)[] Rows(params long[] starts) =>
        [.. starts.Select(start => (start, RowSets.Key, RowSets.Clicks(1)))];

    private async Task<long> TotalClicksAsync()
    {
        var totals = new List<long>();
        foreach (var granularity in Enum.GetValues<Granularity>())
            totals.Add((await QueryAsync(All(granularity))).Points.Sum(point => point.Metrics.Clicks));
        return Assert.Single(totals.Distinct());
    }
}

using ClickFuncs.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Testing.Analytics;

/// <summary>What every analytics store promises to a backfill.</summary>
public abstract class AnalyticsStagingContract : AnalyticsContract
{
    private const string Area = "backfill-2026-07-01";

    private static readonly DimensionKey Gone = RowSets.Key with { AdId = "ad_gone" };
    private static readonly DimensionKey New = RowSets.Key with { AdId = "ad_new" };

    [Fact]
    public async Task Stage_AnyRows_AreSeenByNoQuery()
    {
        await PublishAsync(RowSets.Of(0, 5, (Midnight, RowSets.Key, RowSets.Clicks(1))));
        await StageAsync(RowSets.Of(0, 9, (Midnight, RowSets.Key, RowSets.Clicks(50)), (Midnight, New, RowSets.Clicks(7))));
        foreach (var granularity in Enum.GetValues<Granularity>())
            Assert.Equal(["1 Live"], await ClicksAsync(All(granularity)));
        Assert.Equal([Area], await Staging.ListAreasAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Compare_StagedAndPublished_GivesOnlyWhatDiffers()
    {
        await PublishAsync(
            RowSets.Of(0, 5, (Midnight, RowSets.Key, RowSets.Clicks(1)), (Midnight, Gone, RowSets.Clicks(2)), (Midnight + Minute, RowSets.Key, RowSets.Clicks(3))),
            RowSets.Of(1, 5, (Midnight, RowSets.Key, RowSets.Clicks(4))));
        await StageAsync(
            RowSets.Of(0, 4, (Midnight, RowSets.Key, RowSets.Clicks(99))),
            RowSets.Of(0, 5, (Midnight, RowSets.Key, RowSets.Clicks(5)), (Midnight, New, RowSets.Clicks(6)), (Midnight + Hour, New, RowSets.Clicks(9))),
            RowSets.Of(2, 1, (Midnight + Minute, RowSets.Key, RowSets.Clicks(2))));
        StagedDifference[] expected =
        [
            new(Midnight, Gone, RowSets.Clicks(2), default),
            new(Midnight, New, default, RowSets.Clicks(6)),
            new(Midnight + Minute, RowSets.Key, RowSets.Clicks(3), RowSets.Clicks(2)),
        ];
        for (var kind = 0; kind < 3; kind++)
        {
            Assert.Equal(expected.Select(it => $"{it}").Order(StringComparer.Ordinal), await CompareAsync(Midnight, Midnight + Hour));
            await MaintainAsync(Store, kind, Midnight + (2 * Day));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Apply_Range_ReplacesItInEveryGranularityAndNothingElse(bool isRolledUp)
    {
        await PublishAsync(
            RowSets.Of(0, 5, (Midnight, RowSets.Key, RowSets.Clicks(1)), (Midnight + Minute, Gone, RowSets.Clicks(2)), (Midnight + Hour, Gone, RowSets.Clicks(4))),
            RowSets.Of(1, 5, (Midnight, RowSets.Key, RowSets.Clicks(8))));
        if (isRolledUp)
            await MaintainAsync(Store, 2, Midnight + (2 * Day));
        await PublishFinalAsync(Midnight - Day, 1, AnalyticsRows.Of(Midnight - Hour, 1000));
        await StageAsync(RowSets.Of(0, 5, (Midnight, New, RowSets.Clicks(20)), (Midnight + Hour, New, RowSets.Clicks(50))));
        await ApplyAsync(Midnight, Midnight + Hour);
        for (var kind = 0; kind < 3; kind++)
        {
            foreach (var granularity in Enum.GetValues<Granularity>())
            {
                var answer = await QueryAsync(All(granularity) with { Accuracy = Accuracy.Live, GroupBy = [Dimension.Ad] });
                Assert.Equal(["ad_gone 4", "ad_new 20"], answer.Points.Select(point => $"{point.Group[0]} {point.Metrics.Clicks}").Order());
            }

            await MaintainAsync(Store, kind, Midnight + (2 * Day));
        }

        Assert.Equal(["1000 Final"], await ClicksAsync(All(Granularity.Day) with { Accuracy = Accuracy.Final }));
        Assert.Empty(await Staging.ListAreasAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Apply_Again_ChangesNothing()
    {
        await StageAsync(RowSets.Of(0, 5, (Midnight, RowSets.Key, RowSets.Clicks(2))));
        await ApplyAsync(Midnight, Midnight + Hour);
        await PublishAsync(RowSets.Of(0, 6, (Midnight, RowSets.Key, RowSets.Clicks(3))));
        await ApplyAsync(Midnight, Midnight + Hour);
        Assert.Equal(["3 Live"], await ClicksAsync(All(Granularity.Day)));
        await Assert.ThrowsAsync<StagingAreaMissingException>(async () => await ApplyAsync(Midnight, Midnight + Day));
    }

    [Fact]
    public async Task Publish_OldVersionsAfterApply_DoNotComeBack()
    {
        var old = RowSets.Of(0, 5, (Midnight, RowSets.Key, RowSets.Clicks(100)), (Midnight, Gone, RowSets.Clicks(100)));
        await PublishAsync(old);
        await StageAsync(RowSets.Of(0, 3, (Midnight, RowSets.Key, RowSets.Clicks(1))));
        await ApplyAsync(Midnight, Midnight + Hour);
        for (var kind = 0; kind < 3; kind++)
        {
            await PublishAsync(old);
            Assert.Equal(["1 Live"], await ClicksAsync(All(Granularity.Minute)));
            Assert.Equal(["1 Live"], await ClicksAsync(All(Granularity.Day)));
            await MaintainAsync(Store, kind, Midnight + (2 * Day));
        }
    }

    [Fact]
    public async Task Publish_WhatTheBackfillHasRead_DoesNotOvertakeIt()
    {
        await PublishAsync(RowSets.Of(0, 5, (Midnight, RowSets.Key, RowSets.Clicks(100))));
        await StageAsync(RowSets.Of(0, 7, (Midnight, RowSets.Key, RowSets.Clicks(1))), new WindowRowSet { Partition = 0, Version = 20 });
        await ApplyAsync(Midnight, Midnight + Hour);
        await PublishAsync(RowSets.Of(0, 20, (Midnight, RowSets.Key, RowSets.Clicks(120)), (Midnight, Gone, RowSets.Clicks(3))));
        Assert.Equal(["1 Live"], await ClicksAsync(All(Granularity.Minute)));
    }

    [Fact]
    public async Task Publish_NewerVersionAfterApply_Wins()
    {
        await PublishAsync(RowSets.Of(0, 5, (Midnight, RowSets.Key, RowSets.Clicks(100))), RowSets.Of(1, 50, (Midnight, New, RowSets.Clicks(1))));
        await StageAsync(RowSets.Of(0, 5, (Midnight, RowSets.Key, RowSets.Clicks(10))));
        await ApplyAsync(Midnight, Midnight + Hour);
        await PublishAsync(RowSets.Of(0, 6, (Midnight, RowSets.Key, RowSets.Clicks(11))));
        Assert.Equal(["11 Live"], await ClicksAsync(All(Granularity.Hour)));
    }

    [Fact]
    public async Task Apply_AreaWithoutRows_EmptiesTheRange()
    {
        await PublishAsync(RowSets.Of(0, 5, (Midnight, RowSets.Key, RowSets.Clicks(1)), (Midnight + Hour, RowSets.Key, RowSets.Clicks(2))));
        await StageAsync();
        await ApplyAsync(Midnight, Midnight + Hour);
        Assert.Equal(["2 Live"], await ClicksAsync(All(Granularity.Hour)));
    }

    [Fact]
    public async Task Discard_Area_LeavesNothingOfIt()
    {
        await PublishAsync(RowSets.Of(0, 5, (Midnight, RowSets.Key, RowSets.Clicks(1))));
        await StageAsync(RowSets.Of(0, 9, (Midnight, RowSets.Key, RowSets.Clicks(50))));
        await Staging.DiscardAsync(Area, CancellationToken.None);
        await Staging.DiscardAsync(Area, CancellationToken.None);
        Assert.Empty(await Staging.ListAreasAsync(CancellationToken.None));
        await Assert.ThrowsAsync<StagingAreaMissingException>(async () => await ApplyAsync(Midnight, Midnight + Hour));
        await Assert.ThrowsAsync<StagingAreaMissingException>(() => CompareAsync(Midnight, Midnight + Hour));
        await StageAsync();
        Assert.Single(await CompareAsync(Midnight, Midnight + Hour));
    }

    [Fact]
    public async Task Stage_SeveralAreas_AreKeptApart()
    {
        await Staging.StageAsync("b", [RowSets.Of(0, 1, (Midnight, RowSets.Key, RowSets.Clicks(2)))], CancellationToken.None);
        await Staging.StageAsync("a", [RowSets.Of(0, 1, (Midnight, RowSets.Key, RowSets.Clicks(3)))], CancellationToken.None);
        Assert.Equal(["a", "b"], await Staging.ListAreasAsync(CancellationToken.None));
        await Staging.DiscardAsync("a", CancellationToken.None);
        await Staging.ApplyAsync("b", Midnight, Midnight + Hour, CancellationToken.None);
        Assert.Equal(["2 Live"], await ClicksAsync(All(Granularity.Minute)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a'; DROP TABLE minute; --")]
    [InlineData("é")]
    public async Task Stage_WhatIsNoName_IsRefused(string area) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Staging.StageAsync(area, [], CancellationToken.None));

    [Theory]
    [InlineData(Minute, Hour)]
    [InlineData(0, Hour + Minute)]
    [InlineData(Hour, Hour)]
    [InlineData(2 * Hour, Hour)]
    public async Task Apply_RangeThatIsNoWholeHours_IsRefused(long from, long to)
    {
        await StageAsync();
        await Assert.ThrowsAsync<ArgumentException>(async () => await ApplyAsync(Midnight + from, Midnight + to));
        await Assert.ThrowsAsync<ArgumentException>(() => CompareAsync(Midnight + from, Midnight + to));
        Assert.Equal([Area], await Staging.ListAreasAsync(CancellationToken.None));
    }

    private ValueTask StageAsync(params WindowRowSet[] sets) => Staging.StageAsync(Area, sets, CancellationToken.None);

    private ValueTask ApplyAsync(long fromMs, long toMs) => Staging.ApplyAsync(Area, fromMs, toMs, CancellationToken.None);

    private Task<IReadOnlyList<string>> CompareAsync(long fromMs, long toMs) =>
        AnalyticsRows.CollectAsync(Staging.CompareAsync(Area, fromMs, toMs, CancellationToken.None));
}

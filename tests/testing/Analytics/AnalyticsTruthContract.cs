using ClickFuncs.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Testing.Analytics;

/// <summary>What every analytics store promises to the nightly close.</summary>
public abstract class AnalyticsTruthContract : AnalyticsContract
{
    private static readonly DimensionKey Other = RowSets.Key with { AdvertiserId = "adv_2", AdId = "ad_only_final" };

    [Theory]
    [InlineData(Granularity.Hour)]
    [InlineData(Granularity.Day)]
    public async Task Query_FinalDay_IsPreferredAndMarked(Granularity granularity)
    {
        await PublishTwoDaysAsync();
        await PublishFinalAsync(Midnight, 1, AnalyticsRows.Of(Midnight, 90));
        Assert.Equal(["90 Final", "10 Live"], await ClicksAsync(All(granularity)));
        Assert.Equal(["90 Final"], await ClicksAsync(All(granularity) with { Accuracy = Accuracy.Final }));
        Assert.Equal(["100 Live", "10 Live"], await ClicksAsync(All(granularity) with { Accuracy = Accuracy.Live }));
    }

    [Fact]
    public async Task Query_MinutesOfFinalDay_AreLive()
    {
        await PublishTwoDaysAsync();
        await PublishFinalAsync(Midnight, 1, AnalyticsRows.Of(Midnight, 90));
        Assert.Equal(["100 Live", "10 Live"], await ClicksAsync(All(Granularity.Minute)));
        await Assert.ThrowsAsync<AnalyticsQueryException>(() => ClicksAsync(All(Granularity.Minute) with { Accuracy = Accuracy.Final }));
    }

    [Fact]
    public async Task Query_RangeThatCutsAFinalHour_AnswersThatHourLive()
    {
        await PublishTwoDaysAsync();
        await PublishFinalAsync(Midnight, 1, AnalyticsRows.Of(Midnight, 90), AnalyticsRows.Of(Midnight + Hour, 7));
        var query = All(Granularity.Hour) with { FromMs = Midnight, ToMs = Midnight + Hour - (10 * Minute) };
        Assert.Equal(["100 Live"], await ClicksAsync(query));
        Assert.Equal(["90 Final"], await ClicksAsync(query with { ToMs = Midnight + Hour }));
        Assert.Equal(["90 Final", "7 Final"], await ClicksAsync(query with { ToMs = Midnight + (2 * Hour) }));
        Assert.Equal(["7 Live"], await ClicksAsync(query with { Granularity = Granularity.Day, FromMs = Midnight + Minute, ToMs = Midnight + Day }));
        await Assert.ThrowsAsync<AnalyticsQueryException>(() => ClicksAsync(query with { Accuracy = Accuracy.Final }));
    }

    [Fact]
    public async Task Query_FinalDayWithFiltersAndGroups_TellsKeysApart()
    {
        await PublishTwoDaysAsync();
        await PublishFinalAsync(
            Midnight, 1, AnalyticsRows.Of(Midnight, 90), new AnalyticsRow(Midnight, RowSets.Key with { AdId = "ad_2" }, RowSets.Clicks(4)),
            new AnalyticsRow(Midnight, Other, RowSets.Clicks(8)));
        var query = All(Granularity.Day) with { ToMs = Midnight + Day, GroupBy = [Dimension.Ad] };
        Assert.Equal(["90 Final", "4 Final"], await ClicksAsync(query));
        Assert.Equal(["4 Final"], await ClicksAsync(query with { Filters = new Dictionary<Dimension, IReadOnlyList<string>> { [Dimension.Ad] = ["ad_2"] } }));
        Assert.Equal(["8 Final"], await ClicksAsync(query with { AdvertiserId = "adv_2" }));
    }

    [Fact]
    public async Task PublishFinal_HigherRevision_ReplacesTheDayWhole()
    {
        await PublishFinalAsync(Midnight, 1, AnalyticsRows.Of(Midnight, 90), AnalyticsRows.Of(Midnight + Hour, 9));
        await PublishFinalAsync(Midnight + Day, 1, AnalyticsRows.Of(Midnight + Day, 5));
        await PublishFinalAsync(Midnight, 2, AnalyticsRows.Of(Midnight + (23 * Hour), 80));
        Assert.Equal(["80 Final", "5 Final"], await ClicksAsync(All(Granularity.Hour)));
        Assert.Equal(["80 Final", "5 Final"], await ClicksAsync(All(Granularity.Day)));
        Assert.Equal([new FinalDay(Midnight, 2), new FinalDay(Midnight + Day, 1)], await Truth.ListFinalDaysAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task PublishFinal_RevisionThatIsThere_ChangesNothing(int revision)
    {
        await PublishFinalAsync(Midnight, 2, AnalyticsRows.Of(Midnight, 90));
        await PublishFinalAsync(Midnight, revision, AnalyticsRows.Of(Midnight, 1));
        Assert.Equal(["90 Final"], await ClicksAsync(All(Granularity.Hour)));
    }

    [Fact]
    public async Task PublishFinal_NoRows_SaysThatNothingHappened()
    {
        await PublishTwoDaysAsync();
        await PublishFinalAsync(Midnight, 1);
        Assert.Equal(["10 Live"], await ClicksAsync(All(Granularity.Day)));
        Assert.Single(await Truth.ListFinalDaysAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(-Day, 1, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(0, 1, Day)]
    [InlineData(0, 1, -Hour)]
    [InlineData(0, 1, Minute)]
    public async Task PublishFinal_WhatIsNoDayOrNoHourOfIt_IsRefusedWhole(long day, int revision, long row)
    {
        var start = day == -Day ? day : Midnight + day;
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await PublishFinalAsync(start, revision, AnalyticsRows.Of(Midnight, 1), AnalyticsRows.Of(Midnight + row, 1)));
        Assert.Empty(await Truth.ListFinalDaysAsync(CancellationToken.None));
        await PublishFinalAsync(Midnight, 1, AnalyticsRows.Of(Midnight, 2));
        Assert.Equal(["2 Final"], await ClicksAsync(All(Granularity.Day)));
    }

    [Fact]
    public async Task PublishFinal_HourAndKeyTwice_IsRefusedWhole()
    {
        await PublishFinalAsync(Midnight, 1, AnalyticsRows.Of(Midnight, 3));
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await PublishFinalAsync(Midnight, 2, AnalyticsRows.Of(Midnight, 1), AnalyticsRows.Of(Midnight, 2)));
        Assert.Equal(["3 Final"], await ClicksAsync(All(Granularity.Day)));
    }

    [Fact]
    public async Task PublishFinal_SourceFailsHalfway_KeepsTheOldRows()
    {
        await PublishFinalAsync(Midnight, 1, AnalyticsRows.Of(Midnight, 3));
        await Assert.ThrowsAsync<InvalidDataException>(
            async () => await Truth.PublishFinalAsync(Midnight, 2, Failing(), CancellationToken.None));
        Assert.Equal(["3 Final"], await ClicksAsync(All(Granularity.Hour)));
        await PublishFinalAsync(Midnight, 2, AnalyticsRows.Of(Midnight, 4));
        Assert.Equal(["4 Final"], await ClicksAsync(All(Granularity.Hour)));

        static async IAsyncEnumerable<IReadOnlyList<AnalyticsRow>> Failing()
        {
            yield return [AnalyticsRows.Of(Midnight + Hour, 1)];
            await Task.Yield();
            throw new InvalidDataException("The recount broke.");
        }
    }

    [Fact]
    public async Task PublishFinal_StreamAndQueriesMeanwhile_GoOn()
    {
        await PublishFinalAsync(Midnight, 1, AnalyticsRows.Of(Midnight, 3));
        await Truth.PublishFinalAsync(Midnight, 2, Watched(), CancellationToken.None);
        Assert.Equal(["4 Final", "6 Live"], await ClicksAsync(All(Granularity.Day)));

        async IAsyncEnumerable<IReadOnlyList<AnalyticsRow>> Watched()
        {
            yield return [AnalyticsRows.Of(Midnight, 4)];
            await PublishAsync(RowSets.Of(0, 1, (Midnight + Day, RowSets.Key with { AdId = "ad_meanwhile" }, RowSets.Clicks(6))));
            Assert.Equal(["3 Final", "6 Live"], await ClicksAsync(All(Granularity.Day)));
        }
    }

    [Fact]
    public async Task ReadStreamHours_SeveralPartitionsAndVersions_SumsTheNewest()
    {
        await PublishTwoDaysAsync();
        await PublishAsync(
            RowSets.Of(0, 3, (Midnight + Minute, RowSets.Key, RowSets.Clicks(2))), RowSets.Of(2, 1, (Midnight, Other, RowSets.Clicks(2))),
            RowSets.Of(1, 4, (Midnight, RowSets.Key, RowSets.Clicks(6))), RowSets.Of(1, 5, (Midnight, RowSets.Key, RowSets.Clicks(4))));
        await PublishFinalAsync(Midnight, 1, AnalyticsRows.Of(Midnight, 90));
        string[] expected = [$"{AnalyticsRows.Of(Midnight, 106)}", $"{new AnalyticsRow(Midnight, Other, RowSets.Clicks(2))}"];
        for (var kind = 0; kind < 3; kind++)
        {
            var hours = await AnalyticsRows.CollectAsync(Truth.ReadStreamHoursAsync(Midnight, Midnight + Day, CancellationToken.None));
            Assert.Equal(expected.Order(StringComparer.Ordinal), hours);
            await MaintainAsync(Store, kind, Midnight + (3 * Day));
        }
    }

    [Fact]
    public async Task ReadStreamHours_EveryBatch_NamesTheVersionsOfItsMoment()
    {
        Assert.Empty(Assert.Single(await Truth.ReadStreamHoursAsync(Midnight, Midnight + Day, CancellationToken.None).ToListAsync()).Versions);
        await PublishTwoDaysAsync();

        // The last record of partition 1 gave no row; it is accounted for all the same.
        await PublishAsync(RowSets.Of(1, 4, (Midnight, RowSets.Key, RowSets.Clicks(6))), RowSets.Of(1, 9));
        var empty = Assert.Single(await Truth.ReadStreamHoursAsync(Midnight - Day, Midnight, CancellationToken.None).ToListAsync());
        Assert.Empty(empty.Rows);
        Assert.Equal(new Dictionary<int, long> { [0] = 2, [1] = 9 }, empty.Versions);

        await foreach (var batch in Truth.ReadStreamHoursAsync(Midnight, Midnight + Day, CancellationToken.None))
        {
            // Published while it is read: neither in the rows nor in the versions.
            await PublishAsync(RowSets.Of(0, 7, (Midnight, RowSets.Key, RowSets.Clicks(1_000))));
            Assert.Equal(new Dictionary<int, long> { [0] = 2, [1] = 9 }, batch.Versions);
            Assert.All(batch.Rows, row => Assert.True(row.Metrics.Clicks <= 106));
        }
    }

    [Fact]
    public async Task ReadStreamHours_WhatIsNoWholeHour_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(
            () => AnalyticsRows.CollectAsync(Truth.ReadStreamHoursAsync(Midnight, Midnight + Minute, CancellationToken.None)));

    // 100 clicks in the first minute of the first day, 10 in that of the second.
    private async Task PublishTwoDaysAsync() => await PublishAsync(
        RowSets.Of(0, 2, (Midnight, RowSets.Key, RowSets.Clicks(100)), (Midnight + Day, RowSets.Key, RowSets.Clicks(10))));
}

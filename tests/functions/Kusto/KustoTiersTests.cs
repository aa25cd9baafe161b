using System.Globalization;
using ClickFuncs.Analytics;
using ClickFuncs.Functions.Kusto;
using ClickFuncs.Testing.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Functions.Tests.Kusto;

/// <summary>The tiers of counts in Kusto (R34): what is summed needs no finer rows, what changed is summed again, what is not kept is refused.</summary>
public sealed class KustoTiersTests
{
    private const long Midnight = 1_782_864_000_000;
    private const long Hour = Granularities.HourMs;
    private const long Day = Granularities.DayMs;
    private const int Days = 8;

    private readonly PlainKusto _kusto = new();
    private readonly KustoAnalytics _store;

    public KustoTiersTests() => _store = new KustoAnalytics(_kusto, new KustoOptions { MinuteDays = 2, HourDays = 4, Slices = 2 }, TimeSpan.FromSeconds(15));

    internal static async Task RollUpAsync(KustoAnalytics store, long throughMs)
    {
        while (await store.RollUpNextAsync(throughMs, CancellationToken.None))
        {
            // One step after the other.
        }
    }

    internal static async Task<(long MinutesFromMs, long HoursFromMs)> RetainAsync(KustoAnalytics store)
    {
        while (await store.RetainNextAsync(TimeSpan.FromMinutes(15), CancellationToken.None))
        {
            // One step after the other.
        }

        var kept = await store.ReadKeptAsync(CancellationToken.None);
        return (kept.MinutesMs, kept.HoursMs);
    }

    [Fact]
    public async Task Query_SummedHours_NeedNoMinutes()
    {
        await PublishDaysAsync();
        await RollUpAsync(_store, Midnight + (2 * Day));
        DeleteBefore("MinuteRows", "WindowStart", Midnight + (2 * Day));
        Assert.Equal(Days, await ClicksAsync(Query(Granularity.Hour, 0)));
        Assert.Equal(Days - 2, await ClicksAsync(Query(Granularity.Minute, 0)));
    }

    [Fact]
    public async Task Query_SummedDays_NeedNoHours()
    {
        await PublishDaysAsync();
        await RollUpAsync(_store, Midnight + (3 * Day));
        DeleteBefore("MinuteRows", "WindowStart", Midnight + (3 * Day));
        DeleteBefore("HourRows", "Hour", Midnight + (2 * Day));
        Assert.Equal(Days, await ClicksAsync(Query(Granularity.Day, 0)));
        Assert.Equal(Days - 2, await ClicksAsync(Query(Granularity.Hour, 0)));
    }

    [Fact]
    public async Task Publish_CorrectionOfASummedHour_IsSeenAtOnceAndSummedAgain()
    {
        await PublishDaysAsync();
        await RollUpAsync(_store, Midnight + (Days * Day));
        await PublishAsync(RowSets.Of(0, 50, (Midnight, RowSets.Key, RowSets.Clicks(100))));
        foreach (var granularity in Enum.GetValues<Granularity>())
            Assert.Equal(Days + 99, await ClicksAsync(Query(granularity, 0)));
        await RollUpAsync(_store, Midnight + (Days * Day));
        DeleteBefore("MinuteRows", "WindowStart", Midnight + (Days * Day));
        Assert.Equal(Days + 99, await ClicksAsync(Query(Granularity.Hour, 0)));
        Assert.Equal(Days + 99, await ClicksAsync(Query(Granularity.Day, 0)));
    }

    // A publish that was killed between its rows and saying which hours they touch is repeated: until then the sums of before are shown.
    [Fact]
    public async Task Publish_KilledBeforeItSaysWhatItTouched_IsSummedAfterItsRepetition()
    {
        await PublishDaysAsync();
        await RollUpAsync(_store, Midnight + (Days * Day));
        _kusto.BeforeIngest = table => ThrowIf(table == "Touched");
        var late = RowSets.Of(0, 50, (Midnight, RowSets.Key, RowSets.Clicks(100)));
        await Assert.ThrowsAsync<KustoException>(() => PublishAsync(late));
        Assert.Equal(Days, await ClicksAsync(Query(Granularity.Hour, 0)));
        _kusto.BeforeIngest = _ => { };
        await PublishAsync(late);
        await RollUpAsync(_store, Midnight + (Days * Day));
        Assert.Equal(Days + 99, await ClicksAsync(Query(Granularity.Hour, 0)));
    }

    // What comes while an hour is summed may be in the sum or not: it is summed once more.
    [Fact]
    public async Task RollUp_HourTouchedMeanwhile_IsSummedAgain()
    {
        await PublishDaysAsync();
        _kusto.BeforeIngest = table =>
        {
            if (table != "HourRows")
                return;
            _kusto.BeforeIngest = _ => { };
            PublishAsync(RowSets.Of(0, 50, (Midnight, RowSets.Key, RowSets.Clicks(100)))).GetAwaiter().GetResult();
        };
        Assert.True(await _store.RollUpNextAsync(Midnight + Day, CancellationToken.None));
        Assert.Equal(Days + 99, await ClicksAsync(Query(Granularity.Hour, 0)));
        await RollUpAsync(_store, Midnight + Day);
        DeleteBefore("MinuteRows", "WindowStart", Midnight + Day);
        Assert.Equal(Days + 99, await ClicksAsync(Query(Granularity.Hour, 0)));
    }

    // Two runs at once: one sums a day of which the other sums a corrected hour.
    [Fact]
    public async Task RollUp_HourSummedAnewWhileItsDayIsSummed_SumsTheDayAgain()
    {
        await PublishDaysAsync();
        _kusto.BeforeIngest = table =>
        {
            if (table != "DayRows")
                return;
            _kusto.BeforeIngest = _ => { };
            PublishAsync(RowSets.Of(0, 50, (Midnight, RowSets.Key, RowSets.Clicks(100)))).GetAwaiter().GetResult();
            Assert.True(_store.RollUpNextAsync(Midnight + Day, CancellationToken.None).AsTask().GetAwaiter().GetResult());
        };
        await RollUpAsync(_store, Midnight + Day);
        Assert.Equal(Days + 99, await ClicksAsync(Query(Granularity.Day, 0)));
    }

    [Theory]
    [InlineData("HourRows")]
    [InlineData("DayRows")]
    [InlineData("Marks")]
    public async Task RollUp_KilledAtAnyWrite_ChangesNoAnswerAndIsMadeUpFor(string table)
    {
        await PublishDaysAsync();
        _kusto.BeforeIngest = written => ThrowIf(written == table);
        await Assert.ThrowsAsync<KustoException>(() => RollUpAsync(_store, Midnight + (Days * Day)));
        Assert.Equal(Days, await ClicksAsync(Query(Granularity.Day, 0)));
        _kusto.BeforeIngest = _ => { };
        await RollUpAsync(_store, Midnight + (Days * Day));
        DeleteBefore("MinuteRows", "WindowStart", Midnight + (Days * Day));
        DeleteBefore("HourRows", "Hour", Midnight + (Days * Day));
        Assert.Equal(Days, await ClicksAsync(Query(Granularity.Day, 0)));
    }

    [Fact]
    public async Task Retain_SummedDays_AreKeptByAgeAndFinerQuestionsRefused()
    {
        await PublishDaysAsync();
        await RollUpAsync(_store, Midnight + (Days * Day));
        // The newest event is half an hour past the last midnight.
        Assert.Equal((Midnight + (5 * Day), Midnight + (3 * Day)), await RetainAsync(_store));
        Assert.Equal(Days, await ClicksAsync(Query(Granularity.Day, 0)));
        Assert.Equal(5, await ClicksAsync(Query(Granularity.Hour, 3)));
        Assert.Equal(3, await ClicksAsync(Query(Granularity.Minute, 5)));
        await AssertRefusedAsync(Query(Granularity.Minute, 4));
        await AssertRefusedAsync(Query(Granularity.Hour, 2));
        await AssertRefusedAsync(Query(Granularity.Day, 2) with { FromMs = Midnight + (2 * Day) + Hour });
        await Assert.ThrowsAsync<AnalyticsExpiredException>(
            async () => await _store.ReadStreamHoursAsync(Midnight + (2 * Day), Midnight + (4 * Day), CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task Retain_WhatIsNotSummed_IsKept()
    {
        await PublishDaysAsync();
        await RollUpAsync(_store, Midnight + (2 * Day));
        Assert.Equal((Midnight + (2 * Day), Midnight + (2 * Day)), await RetainAsync(_store));
    }

    [Fact]
    public async Task Retain_PartitionThatLags_KeepsWhatItMayStillCorrect()
    {
        await PublishDaysAsync();
        await PublishAsync(new WindowRowSet { Partition = 7, Version = 1, WatermarkMs = Midnight + (4 * Day) + (10 * 60_000) });
        await RollUpAsync(_store, Midnight + (Days * Day));
        Assert.Equal(Midnight + (3 * Day), (await RetainAsync(_store)).MinutesFromMs);
    }

    [Fact]
    public async Task StreamHours_WhereMinutesAreNotKept_AreTheSums()
    {
        await PublishDaysAsync();
        await RollUpAsync(_store, Midnight + (Days * Day));
        await RetainAsync(_store);
        DeleteBefore("MinuteRows", "WindowStart", Midnight + (5 * Day));
        var batches = await _store.ReadStreamHoursAsync(Midnight + (3 * Day), Midnight + (7 * Day), CancellationToken.None).ToListAsync();
        Assert.Equal([3, 4, 5, 6], batches.SelectMany(batch => batch.Rows).Select(row => (row.StartMs - Midnight) / Day).Order());
    }

    private static void ThrowIf(bool isKilled)
    {
        if (isKilled)
            throw new KustoException("killed");
    }

    private static AnalyticsQuery Query(Granularity granularity, int fromDay) => new()
    {
        AdvertiserId = "adv_1", FromMs = Midnight + (fromDay * Day), ToMs = Midnight + (Days * Day), Granularity = granularity,
    };

    private async Task AssertRefusedAsync(AnalyticsQuery query) =>
        await Assert.ThrowsAsync<AnalyticsExpiredException>(async () => await _store.QueryAsync(query, CancellationToken.None));

    private async Task<long> ClicksAsync(AnalyticsQuery query) =>
        (await _store.QueryAsync(query, CancellationToken.None)).Points.Sum(point => point.Metrics.Clicks);

    private Task PublishAsync(WindowRowSet set) => _store.PublishAsync([set], Midnight, CancellationToken.None).AsTask();

    // A click in the first minute of each day.
    private async Task PublishDaysAsync()
    {
        for (var day = 0; day < Days; day++)
        {
            var set = RowSets.Of(0, day + 1, (Midnight + (day * Day), RowSets.Key, RowSets.Clicks(1)));
            set.WatermarkMs = Midnight + (day * Day) + (Hour / 2);
            await PublishAsync(set);
        }
    }

    private void DeleteBefore(string table, string column, long timeMs) => _kusto.Delete(
        table, row => string.CompareOrdinal(row[column], DateTimeOffset.FromUnixTimeMilliseconds(timeMs).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)) < 0);
}

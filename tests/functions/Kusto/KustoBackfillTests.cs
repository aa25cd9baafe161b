using ClickFuncs.Analytics;
using ClickFuncs.Functions.Kusto;
using ClickFuncs.Testing.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Functions.Tests.Kusto;

/// <summary>
/// What a backfill in Kusto promises beyond the contract: it is there whole or not at all wherever its worker is killed, and whoever works beside it; sums follow
/// it, also where nothing finer is kept. Published is a click in the first minute of each of eight days; a backfill counts 10 or more.
/// </summary>
public sealed class KustoBackfillTests
{
    private const long Midnight = 1_782_864_000_000;
    private const long Hour = Granularities.HourMs;
    private const long Day = Granularities.DayMs;
    private const int Days = 8;

    // In another slice than the key of all other rows.
    private static readonly DimensionKey OtherSlice = RowSets.Key with { CampaignId = RowSets.Key.CampaignId + "x" };

    private readonly PlainKusto _kusto = new();
    private readonly KustoAnalytics _store;

    public KustoBackfillTests() => _store = new KustoAnalytics(_kusto, new KustoOptions { MinuteDays = 2, HourDays = 4, Slices = 2 }, TimeSpan.FromSeconds(15));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Apply_KilledAtItsWrite_IsThereWholeOrNotAtAllAndCanBeRepeated(bool hasLanded)
    {
        await PublishDaysAsync();
        await RollUpAsync();
        await StageAsync("a", 10);
        Kill("Decisions", hasLanded);

        await Assert.ThrowsAsync<KustoException>(() => ApplyAsync("a"));

        await AssertClicksAsync(hasLanded ? 10 : 1);
        Kill("", hasLanded);
        await ApplyAsync("a");
        await AssertClicksAsync(10);
        await RollUpAsync();
        await AssertClicksAsync(10);
    }

    [Theory]
    [InlineData("StagedSets")]
    [InlineData("StagedRows")]
    public async Task Stage_KilledAtAnyWrite_CanBeRepeatedAndThrownAway(string table)
    {
        await PublishDaysAsync();
        foreach (var hasLanded in new[] { false, true })
        {
            Kill(table, hasLanded);
            await Assert.ThrowsAsync<KustoException>(() => StageAsync("a", 10));
            Assert.True(_kusto.Rows("StagedRows").Count == 0 || (await _store.ListAreasAsync(CancellationToken.None)).Contains("a"));
            Kill("", hasLanded);
            await _store.DiscardAsync("a", CancellationToken.None);
        }

        await StageAsync("a", 20);
        await StageAsync("a", 20);
        await ApplyAsync("a");
        await AssertClicksAsync(20);
    }

    [Fact]
    public async Task Apply_ByTwoWorkersAtOnce_IsAppliedOnce()
    {
        await PublishDaysAsync();
        await StageAsync("a", 10);
        Before("Decisions", () => ApplyAsync("a"));

        await ApplyAsync("a");

        Assert.Equal(2, _kusto.Rows("Decisions").Count);
        await AssertClicksAsync(10);
        await RollUpAsync();
        await AssertClicksAsync(10);
        await PublishAsync(RowSets.Of(0, 50, (Midnight, RowSets.Key, RowSets.Clicks(30))));
        await ApplyAsync("a");
        await AssertClicksAsync(30);
    }

    // A worker that was held up, whose step another has done, must not bring back what has been replaced since.
    [Fact]
    public async Task Apply_LandsAfterALaterBackfill_ChangesNothing()
    {
        await PublishDaysAsync();
        await StageAsync("z", 10);
        Before("Decisions", async () =>
        {
            await ApplyAsync("z");
            await StageAsync("b", 20);
            await ApplyAsync("b");
            await RollUpAsync();
        });

        await ApplyAsync("z");

        await AssertClicksAsync(20);
        await RollUpAsync();
        await AssertClicksAsync(20);
    }

    [Fact]
    public async Task Apply_OfTwoAreasAtOnce_OneOfThemCountsForEveryQuestion()
    {
        await PublishDaysAsync();
        await StageAsync("a", 10);
        await StageAsync("b", 20);
        Before("Decisions", () => ApplyAsync("b"));

        await ApplyAsync("a");

        await AssertClicksAsync(20);
        await RollUpAsync();
        await AssertClicksAsync(20);
    }

    [Fact]
    public async Task Discard_WhileItIsApplied_TakesNothingBack()
    {
        await PublishDaysAsync();
        await StageAsync("a", 10);
        Before("Decisions", () => ApplyAsync("a"));

        await _store.DiscardAsync("a", CancellationToken.None);

        await AssertClicksAsync(10);
        Assert.Empty(await _store.ListAreasAsync(CancellationToken.None));
        await ApplyAsync("a");
        await AssertClicksAsync(10);
    }

    // What is applied while an hour or a day is summed may be in the sum or not: it is summed once more.
    [Theory]
    [InlineData("HourRows")]
    [InlineData("DayRows")]
    [InlineData("Marks")]
    public async Task RollUp_BackfillAppliedMeanwhile_IsSummedAgain(string table)
    {
        await PublishDaysAsync();
        await StageAsync("a", 10);
        Before(table, () => ApplyAsync("a"));

        await RollUpAsync();

        await AssertClicksAsync(10);
        ForgetMinutes();
        Assert.Equal(10, await ClicksAsync(Granularity.Hour));
        Assert.Equal(10, await ClicksAsync(Granularity.Day));
    }

    [Fact]
    public async Task StreamHours_BackfillAppliedBetweenSlices_AreOfBefore()
    {
        await PublishAsync(RowSets.Of(0, 1, (Midnight, RowSets.Key, RowSets.Clicks(1)), (Midnight, OtherSlice, RowSets.Clicks(2))));
        await _store.StageAsync(
            "a", [RowSets.Of(0, 1, (Midnight, RowSets.Key, RowSets.Clicks(10)), (Midnight, OtherSlice, RowSets.Clicks(20)))], CancellationToken.None);
        var clicks = new List<long>();
        await foreach (var batch in _store.ReadStreamHoursAsync(Midnight, Midnight + Day, CancellationToken.None))
        {
            clicks.AddRange(batch.Rows.Select(row => row.Metrics.Clicks));
            await ApplyAsync("a");
        }

        Assert.Equal([1, 2], clicks.Order());
        var after = await _store.ReadStreamHoursAsync(Midnight, Midnight + Day, CancellationToken.None).ToListAsync();
        Assert.Equal([10, 20], after.SelectMany(batch => batch.Rows).Select(row => row.Metrics.Clicks).Order());
    }

    [Theory]
    [InlineData(4, Granularity.Hour)]
    [InlineData(1, Granularity.Day)]
    public async Task Apply_WhereOnlySumsAreKept_ChangesThemAndTheyAreSummedAgain(int day, Granularity kept)
    {
        await PublishDaysAsync();
        await RollUpAsync();
        await KustoTiersTests.RetainAsync(_store);
        var start = Midnight + (day * Day);
        await _store.StageAsync("a", [RowSets.Of(0, 50, (start + Hour, RowSets.Key, RowSets.Clicks(10)))], CancellationToken.None);

        var differences = await _store.CompareAsync("a", start, start + Day, CancellationToken.None).ToListAsync();
        Assert.All(differences.SelectMany(batch => batch), difference => Assert.Equal(kept, difference.Width));
        Assert.Equal(9, differences.SelectMany(batch => batch).Sum(difference => difference.Staged.Clicks - difference.Published.Clicks));
        await _store.ApplyAsync("a", start, start + Day, CancellationToken.None);

        Assert.Equal(10, await ClicksAsync(kept, start));
        Assert.Equal(10, await ClicksAsync(Granularity.Day, start));
        await RollUpAsync();
        ForgetMinutes();
        Assert.Equal(10, await ClicksAsync(kept, start));
        Assert.Equal(10, await ClicksAsync(Granularity.Day, start));
        // Retention goes on where it was.
        Assert.Equal((Midnight + (5 * Day), Midnight + (3 * Day)), await KustoTiersTests.RetainAsync(_store));
    }

    // A range that was whole hours when it was looked at may lie behind the minutes when its row lands.
    [Fact]
    public async Task Apply_MinutesGivenUpMeanwhile_IsSeenByTheHour()
    {
        await PublishDaysAsync();
        await RollUpAsync();
        await StageAsync("a", 10);
        Before("Decisions", () => KustoTiersTests.RetainAsync(_store));

        await ApplyAsync("a");

        Assert.Equal(10, await ClicksAsync(Granularity.Day));
        await RollUpAsync();
        ForgetMinutes();
        Assert.Equal(10, await ClicksAsync(Granularity.Day));
    }

    private static AnalyticsQuery Query(Granularity granularity, long fromMs) =>
        new() { AdvertiserId = "adv_1", FromMs = fromMs, ToMs = fromMs + Day, Granularity = granularity };

    private static void Throw() => throw new KustoException("killed");

    private void Kill(string table, bool hasLanded)
    {
        _kusto.BeforeIngest = _kusto.AfterIngest = _ => { };
        Action<string> kill = written =>
        {
            if (written == table)
                Throw();
        };
        if (hasLanded)
            _kusto.AfterIngest = kill;
        else
            _kusto.BeforeIngest = kill;
    }

    // Something that happens between what a worker reads and what it writes.
    private void Before(string table, Func<Task> other) => _kusto.BeforeIngest = written =>
    {
        if (written != table)
            return;
        _kusto.BeforeIngest = _ => { };
        other().GetAwaiter().GetResult();
    };

    private void ForgetMinutes()
    {
        _kusto.Delete("MinuteRows", _ => true);
        _kusto.Delete("StagedRows", _ => true);
    }

    private Task StageAsync(string area, long clicks) =>
        _store.StageAsync(area, [RowSets.Of(0, 9, (Midnight, RowSets.Key, RowSets.Clicks(clicks)))], CancellationToken.None).AsTask();

    private Task ApplyAsync(string area) => _store.ApplyAsync(area, Midnight, Midnight + Day, CancellationToken.None).AsTask();

    private Task RollUpAsync() => KustoTiersTests.RollUpAsync(_store, Midnight + (Days * Day));

    private Task PublishAsync(WindowRowSet set) => _store.PublishAsync([set], Midnight, CancellationToken.None).AsTask();

    private async Task<long> ClicksAsync(Granularity granularity, long fromMs = Midnight) =>
        (await _store.QueryAsync(Query(granularity, fromMs), CancellationToken.None)).Points.Sum(point => point.Metrics.Clicks);

    private async Task AssertClicksAsync(long clicks)
    {
        foreach (var granularity in Enum.GetValues<Granularity>())
            Assert.Equal((granularity, clicks), (granularity, await ClicksAsync(granularity)));
    }

    private async Task PublishDaysAsync()
    {
        for (var day = 0; day < Days; day++)
        {
            var set = RowSets.Of(0, day + 1, (Midnight + (day * Day), RowSets.Key, RowSets.Clicks(1)));
            set.WatermarkMs = Midnight + (day * Day) + (Hour / 2);
            await PublishAsync(set);
        }
    }
}

using System.Globalization;
using ClickFuncs.Analytics;
using ClickFuncs.Windows;
using FsCheck;
using FsCheck.Fluent;

namespace ClickFuncs.Testing.Analytics;

/// <summary>
/// Publishes, final days, backfills where the store has them, maintenance and retention in any order and number: every answer is the plain store's, or
/// a refusal exactly where retention has left too little.
/// </summary>
public abstract class AnalyticsModelContract : AnalyticsContract
{
    private const int Steps = 12;

    private static readonly int Histories = int.Parse(
        Environment.GetEnvironmentVariable("CLICKFUNCS_HISTORIES") ?? "3", CultureInfo.InvariantCulture);

    private static readonly string[] Areas = ["a", "b"];

    private InMemoryAnalyticsStore _model = null!;
    private int _step;
    private long _minutesFrom;
    private long _hoursFrom;

    [Fact]
    public void Answers_AfterAnyHistory_EqualTheModel() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), RunScenarioAsync)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Histories));

    private async Task RunScenarioAsync(int seed)
    {
        var random = new Random(seed);
        await DisposeAsync();
        Store = await OpenAsync();
        _model = new InMemoryAnalyticsStore(IdleTimeout);
        (_minutesFrom, _hoursFrom) = (0, 0);
        for (_step = 0; _step < Steps; _step++)
        {
            await ChangeAsync(random);
            foreach (var accuracy in Enum.GetValues<Accuracy>())
                await AssertSameAnswerAsync(RandomAnalytics.Query(random, accuracy));
            await AssertSameStreamHoursAsync(random);
        }
    }

    private Task ChangeAsync(Random random) => random.Next(10) switch
    {
        < 3 => PublishAsync(random),
        < 5 => PublishFinalAsync(random),
        5 or 6 or 7 when Store is not IAnalyticsStaging => PublishAsync(random),
        5 => StageAsync(random),
        6 => ApplyAsync(random),
        7 => random.Next(3) == 0 ? DiscardAsync(random) : StageAsync(random),
        8 => MaintainAsync(Store, random.Next(), Midnight + random.NextInt64(6 * Day)),
        _ => RetainAsync(random),
    };

    private async Task PublishAsync(Random random)
    {
        var sets = Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomAnalytics.Set(random, 0, 2 * _step, 5 * Hour)).ToArray();
        await _model.PublishAsync([.. sets.Select(WithoutExpired)], Midnight, CancellationToken.None);
        await Store.PublishAsync(sets, Midnight, CancellationToken.None);
    }

    private async Task PublishFinalAsync(Random random)
    {
        var (day, revision) = (Midnight + ((random.Next(5) - 1) * Day), random.Next(1, 5));
        var rows = RandomAnalytics.FinalRows(random, day);
        await _model.PublishFinalAsync(day, revision, AnalyticsRows.Batches(rows), CancellationToken.None);
        await Truth.PublishFinalAsync(day, revision, AnalyticsRows.Batches(rows), CancellationToken.None);
        Assert.Equal(await _model.ListFinalDaysAsync(CancellationToken.None), await Truth.ListFinalDaysAsync(CancellationToken.None));
    }

    private async Task StageAsync(Random random)
    {
        var area = random.GetItems(Areas, 1)[0];
        WindowRowSet[] sets = [.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomAnalytics.Set(random, 1, 2 * _step))];
        await _model.StageAsync(area, sets, CancellationToken.None);
        await Staging.StageAsync(area, sets, CancellationToken.None);
    }

    private async Task ApplyAsync(Random random)
    {
        // Whether an area that is not there was applied before, or never existed, is a matter of the contract suite.
        var areas = await _model.ListAreasAsync(CancellationToken.None);
        if (areas.Count == 0)
            return;
        var area = areas[random.Next(areas.Count)];
        var width = random.GetItems([Hour, Day], 1)[0];
        var from = Granularities.Floor(Midnight - Day + random.NextInt64(3 * Day), width);
        var to = from + (random.Next(1, 5) * width);
        if (from < _hoursFrom && (from % Day != 0 || (to < _hoursFrom && to % Day != 0)))
        {
            await Assert.ThrowsAsync<AnalyticsExpiredException>(async () => await Staging.ApplyAsync(area, from, to, CancellationToken.None));
            return;
        }

        if (from >= _minutesFrom)
        {
            Assert.Equal(
                await AnalyticsRows.CollectAsync(_model.CompareAsync(area, from, to, CancellationToken.None)),
                await AnalyticsRows.CollectAsync(Staging.CompareAsync(area, from, to, CancellationToken.None)));
        }

        await _model.ApplyAsync(area, from, to, CancellationToken.None);
        await Staging.ApplyAsync(area, from, to, CancellationToken.None);
        Assert.Equal(await _model.ListAreasAsync(CancellationToken.None), await Staging.ListAreasAsync(CancellationToken.None));
    }

    private async Task DiscardAsync(Random random)
    {
        var area = random.GetItems(Areas, 1)[0];
        await _model.DiscardAsync(area, CancellationToken.None);
        await Staging.DiscardAsync(area, CancellationToken.None);
    }

    private async Task RetainAsync(Random random)
    {
        await MaintainAsync(Store, 2, Midnight + random.NextInt64(8 * Day));
        var (minutes, hours) = await RetainAsync(Store);
        Assert.InRange(minutes, _minutesFrom, long.MaxValue);
        Assert.InRange(hours, _hoursFrom, minutes);
        (_minutesFrom, _hoursFrom) = (minutes, hours);
    }

    private async Task AssertSameAnswerAsync(AnalyticsQuery query)
    {
        var finalDays = (await _model.ListFinalDaysAsync(CancellationToken.None)).Select(day => day.DayStartMs).ToHashSet();
        if (!new KeptTiers(_minutesFrom, _hoursFrom, finalDays).CanAnswer(query))
        {
            await Assert.ThrowsAsync<AnalyticsExpiredException>(async () => await QueryAsync(query));
            return;
        }

        var expected = await _model.QueryAsync(query, CancellationToken.None);
        var actual = await QueryAsync(query);
        Assert.Equal(expected.Points.Select(RandomAnalytics.Describe), actual.Points.Select(RandomAnalytics.Describe));
        Assert.Equal((expected.WatermarkMs, expected.AsOfMs), (actual.WatermarkMs, actual.AsOfMs));
    }

    private async Task AssertSameStreamHoursAsync(Random random)
    {
        var from = Math.Max(_hoursFrom, Granularities.Floor(Midnight - Day + random.NextInt64(3 * Day), Hour));
        var to = from + (random.Next(1, 60) * Hour);
        Assert.Equal(
            await AnalyticsRows.CollectAsync(_model.ReadStreamHoursAsync(from, to, CancellationToken.None)),
            await AnalyticsRows.CollectAsync(Truth.ReadStreamHoursAsync(from, to, CancellationToken.None)));
    }

    // What comes for minutes that were deleted is not taken any more.
    private WindowRowSet WithoutExpired(WindowRowSet set)
    {
        var kept = new WindowRowSet { Partition = set.Partition, Version = set.Version, WatermarkMs = set.WatermarkMs };
        foreach (var row in set.Rows)
        {
            if (row.WindowStartMs >= _minutesFrom)
                kept.Add(row.WindowStartMs, set.GetKey(row), row.Metrics);
        }

        return kept;
    }
}

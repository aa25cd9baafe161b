using ClickFuncs.Analytics;
using ClickFuncs.Windows;
using FsCheck;
using FsCheck.Fluent;

namespace ClickFuncs.Testing.Analytics;

public abstract partial class AnalyticsStoreContract
{
    private const int Steps = 8;
    private const int Scenarios = 6;

    /// <summary>Whatever is published, in whatever order, with maintenance at any moment: the answers are the plain store's.</summary>
    [Fact]
    public void Query_AfterRandomPublishesAndMaintenance_EqualsTheModel() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), RunScenarioAsync)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Scenarios));

    private async Task RunScenarioAsync(int seed)
    {
        var random = new Random(seed);
        await DisposeAsync();
        _store = await OpenAsync();
        var model = new InMemoryAnalyticsStore(IdleTimeout);
        for (var step = 0; step < Steps; step++)
        {
            var sets = Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomSet(random)).ToArray();
            var publishedAt = Midnight + random.NextInt64(60_000);
            await model.PublishAsync(sets, publishedAt, CancellationToken.None);
            await _store.PublishAsync(sets, publishedAt, CancellationToken.None);
            if (random.Next(2) == 0)
                await MaintainAsync(_store, random.Next(), Midnight + random.NextInt64(4 * Day));
            for (var i = 0; i < 4; i++)
                await AssertSameAsync(model, RandomQuery(random));
        }
    }

    private async Task AssertSameAsync(InMemoryAnalyticsStore model, AnalyticsQuery query)
    {
        var expected = await model.QueryAsync(query, CancellationToken.None);
        var actual = await QueryAsync(query);
        Assert.Equal(expected.Points.Select(Describe), actual.Points.Select(Describe));
        Assert.Equal((expected.WatermarkMs, expected.AsOfMs), (actual.WatermarkMs, actual.AsOfMs));
    }

    private static string Describe(AnalyticsPoint point) =>
        $"{point.StartMs} [{string.Join('|', point.Group)}] {point.Currency} {point.Metrics} {point.Accuracy}";

    // A version's counts follow from it and the row, as they do in the stream: the same version is never two things.
    private static WindowRowSet RandomSet(Random random)
    {
        var set = new WindowRowSet { Partition = random.Next(3), Version = random.Next(40) };
        set.WatermarkMs = Midnight + (set.Version * Minute);
        var rows = new HashSet<(long, DimensionKey)>();
        for (var i = random.Next(6); i >= 0; i--)
            rows.Add((RandomMinute(random), RandomKey(random)));
        foreach (var (start, key) in rows)
            set.Add(start, key.Encode(), Counts(HashCode.Combine(set.Version, set.Partition, start, key), key.Currency));
        return set;
    }

    private static WindowMetrics Counts(int seed, string currency)
    {
        var clicks = currency.Length == 0 ? 0 : new Random(seed).Next(100);
        return RowSets.Clicks(clicks) with { Impressions = new Random(seed).Next(1000) };
    }

    // Few distinct minutes on both sides of hour and day boundaries, so that rows meet.
    private static long RandomMinute(Random random) =>
        Midnight + (random.Next(4) * Day) + (random.Next(3) * 11 * Hour) + ((random.Next(5) - 2) * Minute);

    private static DimensionKey RandomKey(Random random) => new(
        Pick(random, "adv_1", "adv_1", "adv_2"), Pick(random, "cmp_1", "cmp_2"), "", Pick(random, "ad_1", "ad_2"), "cr",
        Pick(random, "USD", "USD", "USD", "", "EUR"), Pick(random, "mobile", ""), "NO");

    private static AnalyticsQuery RandomQuery(Random random)
    {
        var from = Midnight - Day + random.NextInt64(3 * Day);
        if (random.Next(2) == 0)
            from = Granularities.Floor(from, Day);
        var filters = new Dictionary<Dimension, IReadOnlyList<string>>();
        if (random.Next(3) == 0)
            filters[Dimension.Ad] = ["ad_1", "ad_3"];
        if (random.Next(4) == 0)
            filters[Dimension.Device] = [""];
        return new AnalyticsQuery
        {
            AdvertiserId = "adv_1",
            FromMs = from,
            ToMs = from + random.NextInt64(5 * Day),
            Granularity = random.GetItems(Enum.GetValues<Granularity>(), 1)[0],
            GroupBy = [.. Enum.GetValues<Dimension>().Where(_ => random.Next(4) == 0)],
            Filters = filters,
        };
    }

    private static string Pick(Random random, params string[] values) => values[random.Next(values.Length)];
}

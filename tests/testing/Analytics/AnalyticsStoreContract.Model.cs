using ClickFuncs.Analytics;
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
        Store = await OpenAsync();
        var model = new InMemoryAnalyticsStore(IdleTimeout);
        for (var step = 0; step < Steps; step++)
        {
            var sets = Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomAnalytics.Set(random)).ToArray();
            var publishedAt = Midnight + random.NextInt64(60_000);
            await model.PublishAsync(sets, publishedAt, CancellationToken.None);
            await Store.PublishAsync(sets, publishedAt, CancellationToken.None);
            if (random.Next(2) == 0)
                await MaintainAsync(Store, random.Next(), Midnight + random.NextInt64(4 * Day));
            for (var i = 0; i < 4; i++)
                await AssertSameAsync(model, RandomAnalytics.Query(random));
        }
    }

    private async Task AssertSameAsync(InMemoryAnalyticsStore model, AnalyticsQuery query)
    {
        var expected = await model.QueryAsync(query, CancellationToken.None);
        var actual = await QueryAsync(query);
        Assert.Equal(expected.Points.Select(RandomAnalytics.Describe), actual.Points.Select(RandomAnalytics.Describe));
        Assert.Equal((expected.WatermarkMs, expected.AsOfMs), (actual.WatermarkMs, actual.AsOfMs));
    }
}

using ClickFuncs.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Testing.Analytics;

public abstract partial class AnalyticsStoreContract
{
    [Fact]
    public async Task Query_GroupByReason_TellsInvalidClicksApart()
    {
        await PublishAsync(Judged(0, 1), Judged(1, 1), Judged(1, 2));

        var answer = await QueryAsync(All(Granularity.Day) with { GroupBy = [Dimension.Reason] });

        Assert.Equal(
            ["'' 14 0", "'known_bot' 0 6", "'velocity_ip' 0 4"],
            answer.Points.Select(point => $"'{point.Group[0]}' {point.Metrics.Clicks} {point.Metrics.InvalidClicks}"));
    }

    [Fact]
    public async Task Query_FilterByReason_KeepsTheInvalidClicksOfIt()
    {
        await PublishAsync(Judged(0, 1));

        var answer = await QueryAsync(All(Granularity.Minute) with { Filters = new Dictionary<Dimension, IReadOnlyList<string>> { [Dimension.Reason] = ["known_bot", "data_center"] } });

        Assert.Equal((0, 3), (Assert.Single(answer.Points).Metrics.Clicks, answer.Points[0].Metrics.InvalidClicks));
    }

    [Fact]
    public async Task Query_WithoutReason_SumsThemUp()
    {
        await PublishAsync(Judged(0, 1));

        var point = Assert.Single((await QueryAsync(All(Granularity.Minute))).Points);

        Assert.Equal((7, 5, 2), (point.Metrics.Clicks, point.Metrics.InvalidClicks, point.Metrics.DuplicateClicks));
    }

    private static WindowRowSet Judged(int partition, long version) => RowSets.Of(
        partition,
        version,
        (Midnight, RowSets.Key, new WindowMetrics { RawClicks = 9, Clicks = 7, SpendMicros = 700 }),
        (Midnight, RowSets.Key with { Reason = "known_bot" }, new WindowMetrics { RawClicks = 3, InvalidClicks = 3 }),
        (Midnight, RowSets.Key with { Reason = "velocity_ip" }, new WindowMetrics { RawClicks = 2, InvalidClicks = 2 }));
}

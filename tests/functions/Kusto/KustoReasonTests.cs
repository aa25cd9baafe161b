using ClickFuncs.Analytics;
using ClickFuncs.Functions.Kusto;
using ClickFuncs.Testing.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Functions.Tests.Kusto;

/// <summary>Why clicks are invalid reaches the nightly close and comes back from it: rows that differ in nothing else stay apart.</summary>
public sealed class KustoReasonTests
{
    private const long Midnight = 1_782_864_000_000;

    private readonly KustoAnalytics _store = new(new PlainKusto(), new KustoOptions { Slices = 3 }, TimeSpan.FromSeconds(15));

    [Fact]
    public async Task ReadStreamHours_ReasonsOfOneKey_AreRowsOfTheirOwn()
    {
        await _store.PublishAsync(
            [
                RowSets.Of(0, 1, (Midnight, RowSets.Key, RowSets.Clicks(7)), (Midnight, Because("known_bot"), Invalid(3)), (Midnight, Because("velocity_ip"), Invalid(2))),
                RowSets.Of(0, 2, (Midnight, Because("known_bot"), Invalid(4))),
                RowSets.Of(1, 1, (Midnight, Because("known_bot"), Invalid(1))),
            ],
            Midnight,
            CancellationToken.None);

        var hours = await AnalyticsRows.CollectAsync(_store.ReadStreamHoursAsync(Midnight, Midnight + Granularities.DayMs, CancellationToken.None));

        string[] expected =
        [
            $"{AnalyticsRows.Of(Midnight, 7)}", $"{new AnalyticsRow(Midnight, Because("known_bot"), Invalid(5))}",
            $"{new AnalyticsRow(Midnight, Because("velocity_ip"), Invalid(2))}",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), hours);
    }

    [Fact]
    public async Task Query_FinalDayByReason_AnswersWithTheRecount()
    {
        await _store.PublishAsync([RowSets.Of(0, 1, (Midnight, Because("known_bot"), Invalid(9)))], Midnight, CancellationToken.None);
        AnalyticsRow[] recount = [AnalyticsRows.Of(Midnight, 7), new(Midnight, Because("known_bot"), Invalid(3)), new(Midnight, Because("velocity_ip"), Invalid(2))];
        await _store.PublishFinalAsync(Midnight, 1, AnalyticsRows.Batches(recount), CancellationToken.None);

        var answer = await _store.QueryAsync(
            new AnalyticsQuery
            {
                AdvertiserId = RowSets.Key.AdvertiserId, FromMs = Midnight, ToMs = Midnight + Granularities.DayMs, Granularity = Granularity.Day,
                GroupBy = [Dimension.Reason],
            },
            CancellationToken.None);

        Assert.Equal(
            ["'' 7 0 Final", "'known_bot' 0 3 Final", "'velocity_ip' 0 2 Final"],
            answer.Points.Select(point => $"'{point.Group[0]}' {point.Metrics.Clicks} {point.Metrics.InvalidClicks} {point.Accuracy}"));
    }

    private static DimensionKey Because(string reason) => RowSets.Key with { Reason = reason };

    private static WindowMetrics Invalid(long clicks) => new() { RawClicks = clicks, InvalidClicks = clicks };
}

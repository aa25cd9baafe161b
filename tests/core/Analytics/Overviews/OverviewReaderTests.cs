using ClickFuncs.Analytics;
using ClickFuncs.Analytics.Overviews;
using ClickFuncs.Testing.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Core.Tests.Analytics.Overviews;

/// <summary>Against sums made with plain LINQ from the rows that were published.</summary>
public sealed class OverviewReaderTests
{
    private const long Midnight = 1_782_864_000_000;
    private const long DayMs = 86_400_000;
    private static readonly string[] Campaigns = ["cmp_1", "cmp_2", "cmp_3", "cmp_4", ""];
    private static readonly string[] Currencies = ["USD", "EUR", ""];

    [Fact]
    public async Task Read_RandomRowsAndQuestions_AgreesWithPlainSums()
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            var random = new Random(seed);
            var rows = Rows(random);
            var store = new InMemoryAnalyticsStore(TimeSpan.FromSeconds(15));
            await store.PublishAsync([RowSets.Of(0, 1, [.. rows])], Midnight, CancellationToken.None);
            var query = Question(random);

            var overview = await new OverviewReader(store).ReadAsync(query, CancellationToken.None);

            var page = Expected(rows, query);
            Assert.True(page.All.Count == overview.Breakdown!.Count, $"Seed {seed}: {overview.Breakdown.Count} rows, expected {page.All.Count}.");
            Assert.True(
                page.Rows.SequenceEqual(overview.Breakdown.Rows.Select(row => (row.Value, row.Currency, row.Metrics))),
                $"Seed {seed}: {string.Join("; ", overview.Breakdown.Rows)}; expected {string.Join("; ", page.Rows)}.");
            foreach (var value in page.Rows.Select(row => row.Value).Distinct())
            {
                var clicks = page.All.Where(row => row.Value == value).Sum(row => row.Metrics.Clicks);
                Assert.True(clicks == overview.Breakdown.Trends[value].Sum(), $"Seed {seed}: the trend of '{value}' does not add up to {clicks}.");
            }

            var before = rows.Where(row => row.StartMs >= query.Comparison!.FromMs && row.StartMs < query.Comparison.ToMs);
            Assert.True(
                before.Sum(row => row.Metrics.SpendMicros) == overview.Comparison!.Points.Sum(point => point.Metrics.SpendMicros),
                $"Seed {seed}: the earlier range's spend is wrong.");
        }
    }

    [Fact]
    public async Task Read_PlainQuestion_IsTheStoresAnswer()
    {
        var store = new InMemoryAnalyticsStore(TimeSpan.FromSeconds(15));
        await store.PublishAsync([RowSets.Of(0, 1, (Midnight, RowSets.Key, RowSets.Clicks(3)))], Midnight, CancellationToken.None);
        var query = Question(new Random(1)).Query;

        var overview = await new OverviewReader(store).ReadAsync(new OverviewQuery(query), CancellationToken.None);

        var expected = await store.QueryAsync(query, CancellationToken.None);
        Assert.Equal(expected.Points.Select(point => point.Metrics), overview.Answer.Points.Select(point => point.Metrics));
        Assert.Null(overview.Comparison);
        Assert.Null(overview.Breakdown);
    }

    private static List<(long StartMs, DimensionKey Key, WindowMetrics Metrics)> Rows(Random random) =>
    [
        .. Enumerable.Range(0, 200)
            .Select(_ => (StartMs: Midnight - DayMs + (random.Next(2 * 1440) * Granularities.MinuteMs), Key: RowSets.Key with
            {
                CampaignId = Campaigns[random.Next(Campaigns.Length)], Currency = Currencies[random.Next(Currencies.Length)],
            }))
            .DistinctBy(row => (row.StartMs, row.Key))
            // Something without a currency has cost nothing; few different counts, so that rows tie.
            .Select(row => (row.StartMs, row.Key, Metrics: RowSets.Clicks(random.Next(3)) with { SpendMicros = row.Key.Currency.Length == 0 ? 0 : random.Next(3) })),
    ];

    private static OverviewQuery Question(Random random)
    {
        var query = new AnalyticsQuery { AdvertiserId = "adv_1", FromMs = Midnight, ToMs = Midnight + DayMs, Granularity = Granularity.Hour };
        return new OverviewQuery(query, query with { FromMs = Midnight - DayMs, ToMs = Midnight }, new BreakdownQuery
        {
            Dimension = Dimension.Campaign,
            OrderBy = AnalyticsMetrics.All[random.Next(AnalyticsMetrics.All.Count)],
            IsAscending = random.Next(2) == 0,
            Offset = random.Next(3),
            Limit = random.Next(1, 20),
        });
    }

    private static (List<(string Value, string Currency, WindowMetrics Metrics)> All, List<(string Value, string Currency, WindowMetrics Metrics)> Rows) Expected(
        List<(long StartMs, DimensionKey Key, WindowMetrics Metrics)> rows, OverviewQuery query)
    {
        var table = query.Breakdown!;
        var all = rows.Where(row => row.StartMs >= query.Query.FromMs && row.StartMs < query.Query.ToMs)
            .GroupBy(row => (row.Key.CampaignId, row.Key.Currency))
            .Select(group => (Value: group.Key.CampaignId, group.Key.Currency, Metrics: Sum(group.Select(row => row.Metrics))))
            .ToList();
        var byCurrency = all.OrderBy(row => table.OrderBy.IsMoney() ? row.Currency : "", StringComparer.Ordinal)
            .ThenBy(row => Sortable(row.Metrics) is null);
        var ordered = (table.IsAscending ? byCurrency.ThenBy(row => Sortable(row.Metrics)) : byCurrency.ThenByDescending(row => Sortable(row.Metrics)))
            .ThenBy(row => row.Value, StringComparer.Ordinal).ThenBy(row => row.Currency, StringComparer.Ordinal);
        return (all, [.. ordered.Skip(table.Offset).Take(table.Limit)]);

        decimal? Sortable(WindowMetrics metrics) => table.OrderBy switch
        {
            AnalyticsMetric.Impressions => metrics.Impressions,
            AnalyticsMetric.Clicks => metrics.Clicks,
            AnalyticsMetric.RawClicks => metrics.RawClicks,
            AnalyticsMetric.DuplicateClicks => metrics.RawClicks - metrics.Clicks - metrics.InvalidClicks - metrics.OverBudgetClicks,
            AnalyticsMetric.InvalidClicks => metrics.InvalidClicks,
            AnalyticsMetric.OverBudgetClicks => metrics.OverBudgetClicks,
            AnalyticsMetric.Conversions => metrics.Conversions,
            AnalyticsMetric.Spend => metrics.SpendMicros,
            AnalyticsMetric.ClickThrough => metrics.Impressions == 0 ? null : decimal.Round((decimal)metrics.Clicks / metrics.Impressions, 6),
            AnalyticsMetric.Conversion => metrics.Clicks == 0 ? null : decimal.Round((decimal)metrics.Conversions / metrics.Clicks, 6),
            _ => metrics.Clicks == 0 ? null : decimal.Round((decimal)metrics.SpendMicros / 1_000_000 / metrics.Clicks, 6),
        };
    }

    private static WindowMetrics Sum(IEnumerable<WindowMetrics> metrics) => new()
    {
        Impressions = metrics.Sum(m => m.Impressions),
        RawClicks = metrics.Sum(m => m.RawClicks),
        Clicks = metrics.Sum(m => m.Clicks),
        Conversions = metrics.Sum(m => m.Conversions),
        SpendMicros = metrics.Sum(m => m.SpendMicros),
    };
}

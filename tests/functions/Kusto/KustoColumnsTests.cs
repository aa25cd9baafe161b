using ClickFuncs.Analytics;
using ClickFuncs.Functions.Kusto;
using ClickFuncs.Testing.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Functions.Tests.Kusto;

/// <summary>
/// Rows are written as CSV, by the order of <c>schema.kql</c>: every value must stand under its own column. That each is of the column's type
/// <see cref="PlainKusto"/> checks of every row that any test writes.
/// </summary>
public sealed class KustoColumnsTests
{
    private const long Midnight = 1_782_864_000_000;

    private static readonly DimensionKey Key = new("an advertiser", "a campaign", "a group", "an ad", "a creative", "USD", "a device", "a country", "a \"reason\", quoted");

    private static readonly WindowMetrics Counts = new()
    {
        Impressions = 1, RawClicks = 2, Clicks = 3, Conversions = 4, SpendMicros = 5, InvalidClicks = 6, OverBudgetClicks = 7,
    };

    private static readonly Dictionary<string, string> Named = new()
    {
        ["AdvertiserId"] = Key.AdvertiserId, ["CampaignId"] = Key.CampaignId, ["AdGroupId"] = Key.AdGroupId, ["AdId"] = Key.AdId, ["CreativeId"] = Key.CreativeId,
        ["Currency"] = Key.Currency, ["Device"] = Key.Device, ["Country"] = Key.Country, ["Reason"] = Key.Reason, ["Impressions"] = "1", ["RawClicks"] = "2",
        ["Clicks"] = "3", ["Conversions"] = "4", ["SpendMicros"] = "5", ["InvalidClicks"] = "6", ["OverBudgetClicks"] = "7",
    };

    private readonly PlainKusto _kusto = new();
    private readonly KustoAnalytics _store;

    public KustoColumnsTests() => _store = new KustoAnalytics(_kusto, new KustoOptions(), TimeSpan.FromSeconds(15));

    [Fact]
    public async Task Publish_Rows_StandUnderTheirColumns()
    {
        var set = new WindowRowSet { Partition = 8, Version = 9, WatermarkMs = 10 };
        set.Add(Midnight + 60_000, Key.Encode(), Counts);
        await _store.PublishAsync([set], 11, CancellationToken.None);
        AssertRow("MinuteRows", new(Named) { ["Partition"] = "8", ["WindowStart"] = "2026-07-01T00:01:00.000Z", ["Version"] = "9" });
        AssertRow("Publishes", new() { ["Partition"] = "8", ["Version"] = "9", ["WatermarkMs"] = "10", ["PublishedAtMs"] = "11" });
        AssertRow("Touched", new() { ["Partition"] = "8", ["Version"] = "9", ["Hour"] = "2026-07-01T00:00:00.000Z" });
    }

    [Fact]
    public async Task PublishFinal_Rows_StandUnderTheirColumns()
    {
        await _store.PublishFinalAsync(Midnight, 12, AnalyticsRows.Batches([new AnalyticsRow(Midnight + 3_600_000, Key, Counts)]), CancellationToken.None);
        var run = _kusto.Rows("FinalDays")[0]["Run"];
        AssertRow("FinalRows", new(Named) { ["Day"] = "2026-07-01T00:00:00.000Z", ["Revision"] = "12", ["Run"] = run, ["Hour"] = "2026-07-01T01:00:00.000Z" });
        AssertRow("FinalDays", new() { ["Day"] = "2026-07-01T00:00:00.000Z", ["Revision"] = "12", ["Run"] = run });
    }

    [Fact]
    public async Task RollUp_Sums_StandUnderTheirColumns()
    {
        var set = new WindowRowSet { Partition = 8, Version = 9, WatermarkMs = 10 };
        set.Add(Midnight + 60_000, Key.Encode(), Counts);
        await _store.PublishAsync([set], 11, CancellationToken.None);
        await KustoTiersTests.RollUpAsync(_store, Midnight + Granularities.DayMs);
        var marks = _kusto.Rows("Marks");
        AssertRow("HourRows", new(Named) { ["Run"] = marks[0]["Run"], ["Hour"] = "2026-07-01T00:00:00.000Z" });
        AssertRow("DayRows", new(Named) { ["Run"] = marks[1]["Run"], ["Day"] = "2026-07-01T00:00:00.000Z" });
        Assert.Equal(
            [("hour", "2026-07-01T00:00:00.000Z", "1", "1", "0"), ("day", "2026-07-01T00:00:00.000Z", "1", "0", "0")],
            marks.Select(mark => (mark["Kind"], mark["Start"], mark["Sequence"], mark["Touches"], mark["Swaps"])));
    }

    [Fact]
    public async Task Backfill_Rows_StandUnderTheirColumns()
    {
        var set = new WindowRowSet { Partition = 8, Version = 9, WatermarkMs = 10 };
        set.Add(Midnight + 60_000, Key.Encode(), Counts);
        await _store.PublishAsync([new WindowRowSet { Partition = 3, Version = 5 }], 11, CancellationToken.None);
        await _store.StageAsync("an_area", [set], CancellationToken.None);
        await _store.ApplyAsync("an_area", Midnight, Midnight + Granularities.HourMs, CancellationToken.None);
        AssertRow("StagedRows", new(Named) { ["Area"] = "an_area", ["Generation"] = "1", ["Partition"] = "8", ["WindowStart"] = "2026-07-01T00:01:00.000Z", ["Version"] = "9" });
        Assert.Equal(
            [("an_area", "1", "-1", "-1"), ("an_area", "1", "8", "9")],
            _kusto.Rows("StagedSets").Select(row => (row["Area"], row["Generation"], row["Partition"], row["Version"])));
        AssertRow("Decisions", new()
        {
            ["Area"] = "an_area", ["Generation"] = "1", ["Start"] = "2026-07-01T00:00:00.000Z", ["End"] = "2026-07-01T01:00:00.000Z", ["Sequence"] = "1",
            ["Run"] = _kusto.Rows("Decisions")[0]["Run"], ["Versions"] = """{"3":5,"8":9}""",
        });
    }

    private void AssertRow(string table, Dictionary<string, string> expected) =>
        Assert.Equal(expected.OrderBy(field => field.Key, StringComparer.Ordinal), Assert.Single(_kusto.Rows(table)).OrderBy(field => field.Key, StringComparer.Ordinal));
}

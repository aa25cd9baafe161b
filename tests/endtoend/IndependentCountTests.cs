using System.Text;
using System.Text.Json;
using ClickFuncs.Events;

namespace ClickFuncs.EndToEnd.Tests;

public sealed class IndependentCountTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task SelfTest_SipHash_MatchesPublishedVectors() =>
        Assert.Equal("ok\n", (await Cli.RunScriptAsync("independent-count.mjs", "--self-test")).Succeeded());

    [Fact]
    public async Task Count_HandMadeFile_MatchesTheCountOnPaper()
    {
        var count = await CountAsync(
            [
                Line("click", "a", "12:00:10", 100),
                Line("impression", "a", "12:00:11", 0),
                Line("click", "a", "12:00:10", 100),
                Line("click", "b", "12:01:00", 50),
                "not json",
                Line("conversion", "a", "12:01:00", 0),
                Line("click", "lift", "12:16:29.998", 7),
                Line("click", "just-in-time", "12:00:59.999", 1),
                Line("click", "lift2", "12:16:29.999", 7),
                Line("click", "late", "12:00:00", 1),
                Line("click", "late", "12:00:00", 1),
                Line("click", "a", "12:00:10", 100),
                Line("click", "bot", "12:16:10", 9, "invalid", isOverBudget: true),
                Line("click", "bot", "12:16:10", 9, "invalid"),
                Line("click", "poor", "12:16:11", 9, "suspect", isOverBudget: true),
                Line("click", "odd", "12:16:12", 3, "suspect"),
            ],
            "--group-by", "ad_id");

        Assert.Equal(
            """{"read":16,"accepted":9,"duplicates":4,"late_dropped":1,"malformed":1,"invalid":1}""",
            count.GetProperty("summary").GetRawText());
        Assert.Equal(
            [
                """{"minute":"2026-07-01T12:00:00.000Z","ad_id":"ad_1","impressions":1,"raw_clicks":3,"clicks":2,"conversions":0,"spend_micros":"101","invalid_clicks":0,"over_budget_clicks":0}""",
                """{"minute":"2026-07-01T12:01:00.000Z","ad_id":"ad_1","impressions":0,"raw_clicks":1,"clicks":1,"conversions":1,"spend_micros":"50","invalid_clicks":0,"over_budget_clicks":0}""",
                """{"minute":"2026-07-01T12:16:00.000Z","ad_id":"ad_1","impressions":0,"raw_clicks":6,"clicks":3,"conversions":0,"spend_micros":"17","invalid_clicks":1,"over_budget_clicks":1}""",
            ],
            count.GetProperty("rows").EnumerateArray().Select(row => row.GetRawText()));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(32)]
    public async Task Count_Partitions_AgreeWithTheProductsFingerprint(int partitions)
    {
        var ids = Enumerable.Range(0, 500).Select(i => (Type: (EventType)(i % 3), Id: new string('x', i % 20) + i)).ToArray();
        var expected = new int[partitions];
        foreach (var (type, id) in ids)
            expected[Fingerprint.Of(type, Encoding.UTF8.GetBytes(id)).Partition(partitions)]++;

        var lines = ids.Select(id => Line($"{id.Type}".ToLowerInvariant(), id.Id, "12:00:00", 0));
        var count = await CountAsync(lines, "--partitions", $"{partitions}");
        Assert.Equal(expected, count.GetProperty("partitions").EnumerateArray().Select(read => read.GetInt32()));
    }

    private static string Line(string type, string id, string time, long cost, string verdict = "valid", bool isOverBudget = false) =>
        $$"""{"verdict":"{{verdict}}","over_budget":{{(isOverBudget ? "true" : "false")}},"type":"{{type}}","click_id":"{{id}}","ad_id":"ad_1","campaign_id":"c","advertiser_id":"v","cost_micros":{{cost}},"event_time":"2026-07-01T{{time}}Z"}""";

    private async Task<JsonElement> CountAsync(IEnumerable<string> lines, params string[] args)
    {
        await File.WriteAllLinesAsync(_path, lines);
        var result = await Cli.RunScriptAsync("independent-count.mjs", [_path, .. args]);
        return JsonDocument.Parse(result.Succeeded()).RootElement;
    }
}

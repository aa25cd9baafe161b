using System.Globalization;
using System.Text.Json;

namespace ClickFuncs.EndToEnd.Tests.Close;

/// <summary>R21: a day with machines among its visitors is imported and closed, and closed again under other rules.</summary>
public sealed class JudgedDayTests
{
    private const long Noon = 1_782_907_200_000; // 2026-07-01T12:00Z
    private const int Cost = 250_000;

    [Fact]
    public async Task Reconcile_DayWithMachines_CreditsThemAndAgainUnderOtherRulesPostsTheDifference()
    {
        using var folder = new DataFolder();
        PlantedDay.Write(folder.File("day.ndjson"), 2_000, seed: 19);
        // One address clicks 50 times in a second, another 30 times; a bot says what it is; a mark of the stream's velocity rules has no burst behind it.
        await File.AppendAllLinesAsync(
            folder.File("day.ndjson"),
            [
                .. Clicks("fast", 50, "\"ip\":\"203.0.113.9\""), .. Clicks("quick", 30, "\"ip\":\"203.0.113.10\""),
                .. Clicks("bot", 7, "\"verdict\":\"invalid\",\"reasons\":[\"known_bot\"]"), .. Clicks("marked", 3, "\"verdict\":\"invalid\",\"reasons\":[\"velocity_user\"]"),
            ]);
        await folder.JsonAsync("ingest", folder.File("day.ndjson"));

        var report = await folder.JsonAsync("reconcile", "--date", PlantedDay.Date);

        Assert.Equal(["velocity_ip billed invalid 50 -12500000", "velocity_user invalid billed 3 750000"], Judged(report));
        Assert.Equal(-47, Cause(report, "re_judged").GetProperty("clicks").GetInt32());
        Assert.Equal(47, Cause(report, "re_judged").GetProperty("invalid_clicks").GetInt32());
        Assert.Equal(0, report.GetProperty("unexplained").GetProperty("rows").GetInt32());
        var byReason = await folder.JsonAsync(
            "query", "--advertiser", "adv_a", "--from", PlantedDay.Date, "--to", "2026-07-02", "--granularity", "1d", "--accuracy", "final", "--group-by", "reason");
        Assert.Equal(
            ["known_bot 7", "velocity_ip 50"],
            byReason.GetProperty("series").EnumerateArray().Where(point => point.GetProperty("reason").GetString() != "")
                .Select(point => $"{point.GetProperty("reason")} {point.GetProperty("invalid_clicks")}"));
        var charged = await ChargedAsync(folder);

        await File.WriteAllTextAsync(folder.File("clickfuncs.json"), """{"ClickFuncs":{"Velocity":{"Threshold":29}}}""");
        var stricter = await folder.JsonAsync("reconcile", "--date", PlantedDay.Date);

        Assert.Equal(2, stricter.GetProperty("revision").GetInt32());
        Assert.True(stricter.GetProperty("judgement").GetProperty("rules_changed").GetBoolean());
        Assert.Equal(
            report.GetProperty("judgement").GetProperty("rule_set").GetString(), stricter.GetProperty("judgement").GetProperty("rule_set_before").GetString());
        Assert.Equal(charged - (30 * Cost), await ChargedAsync(folder));
        await folder.VerifyAsync();
    }

    private static IEnumerable<string> Clicks(string name, int count, string more) => Enumerable.Range(0, count).Select(i => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"click_id":"{{name}}_{{i}}","ad_id":"ad_0","campaign_id":"cmp_0","advertiser_id":"adv_a","cost_micros":{{Cost}},"currency":"NOK","event_time":{{Noon + (i * 10)}},{{more}}}"""));

    private static List<string> Judged(JsonElement report) =>
    [
        .. report.GetProperty("judgement").GetProperty("judged").EnumerateArray().Select(row => string.Join(
            ' ', row.GetProperty("reason"), row.GetProperty("before"), row.GetProperty("after"), row.GetProperty("clicks"), row.GetProperty("spend_micros"))),
    ];

    private static JsonElement Cause(JsonElement report, string cause) => report.GetProperty("currencies").EnumerateArray()
        .Single(currency => currency.GetProperty("currency").GetString() == "NOK").GetProperty("causes").EnumerateArray()
        .Single(entry => entry.GetProperty("cause").GetString() == cause).GetProperty("counts");

    private static async Task<long> ChargedAsync(DataFolder folder) => (await folder.RunAsync("ledger", "balance")).Succeeded()
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))
        .Single(journal => journal.GetProperty("advertiser_id").GetString() == "adv_a").GetProperty("balance_micros").GetInt64();
}

using System.Globalization;
using System.Text.Json;

namespace ClickFuncs.EndToEnd.Tests.Telemetry;

/// <summary>A day with probes in it is closed: they are in no difference, no report and no charge.</summary>
public sealed class ProbeBillingTests
{
    private const string Date = "2026-07-01";

    [Fact]
    public async Task Close_OfADayWithProbes_LeavesThemOutButBillsWhatCostsSomething()
    {
        using var folder = new DataFolder();
        // One partition, so that every event moves the same clock.
        await File.WriteAllTextAsync(folder.File("clickfuncs.json"), """{"ClickFuncs":{"Log":{"Partitions":1}}}""");
        await File.WriteAllLinesAsync(folder.File("day.ndjson"),
        [
            Click("clk_1", "adv_1", "12:00:00", 450_000),
            Click("probe_1", "clickfuncs-probe", "12:00:01", 0),
            Click("clk_2", "adv_1", "13:00:00", 450_000),
            // An hour late: the stream does not count it. Of a customer it would be a difference with a cause.
            Click("probe_2", "clickfuncs-probe", "12:00:02", 0),
            // The name alone makes no probe.
            Click("clk_3", "clickfuncs-probe", "13:00:01", 70_000),
            Click("clk_4", "adv_1", "23:59:59", 450_000).Replace(Date, "2026-07-02", StringComparison.Ordinal),
        ]);
        var read = await folder.JsonAsync("ingest", folder.File("day.ndjson"));
        Assert.Equal(1, read.GetProperty("late_dropped").GetInt32());

        var report = await folder.JsonAsync("reconcile", "--date", Date);

        Assert.All(
            report.GetProperty("currencies").EnumerateArray().SelectMany(currency => currency.GetProperty("causes").EnumerateArray()),
            cause => Assert.Equal(0, cause.GetProperty("counts").GetProperty("clicks").GetInt64()));
        Assert.Equal(0, report.GetProperty("unexplained").GetProperty("rows").GetInt32());
        Assert.Equal(3, report.GetProperty("currencies").EnumerateArray().Sum(currency => currency.GetProperty("truth").GetProperty("clicks").GetInt64()));
        Assert.Equal(
            ["adv_1 900000", "clickfuncs-probe 70000"],
            (await folder.RunAsync("ledger", "balance")).Succeeded().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))
                .Select(balance => $"{balance.GetProperty("advertiser_id").GetString()} {balance.GetProperty("balance_micros").GetInt64().ToString(CultureInfo.InvariantCulture)}")
                .Order(StringComparer.Ordinal));
    }

    private static string Click(string id, string advertiser, string time, long micros) =>
        $$"""{"click_id":"{{id}}","ad_id":"ad_1","campaign_id":"cmp_1","advertiser_id":"{{advertiser}}","event_time":"{{Date}}T{{time}}Z"{{(micros > 0 ? $",\"cost_micros\":{micros},\"currency\":\"USD\"" : "")}}}""";
}

using System.Text.Json;
using ClickFuncs.EndToEnd.Tests.Counts;
using ClickFuncs.EndToEnd.Tests.Workload;

namespace ClickFuncs.EndToEnd.Tests;

public sealed class IngestAgreementTests : IDisposable
{
    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Ingest_GeneratedFile_AgreesWithTheIndependentCount()
    {
        var file = _data.File("events.ndjson");
        EventFile.Write(file, TestSize.Lines, seed: 1);
        var summary = await _data.JsonAsync("ingest", file, "--catalog", "auto");
        var script = await Cli.RunScriptAsync("independent-count.mjs", file, "--partitions", "8", "--group-by", "advertiser_id,ad_id,device");
        var count = JsonElement.Parse(script.Succeeded());

        Assert.All(["duplicates", "late_dropped", "quarantined"], name => Assert.InRange(summary.GetProperty(name).GetInt32(), 1, TestSize.Lines / 10));
        Assert.Equal(Expected(count.GetProperty("summary")), Actual(summary));
        foreach (var advertiser in EventFile.Advertisers)
        {
            string[] groupBy = ["ad_id", "device"];
            var minutes = await _data.QueryAsync(advertiser, "1m", "--group-by", "ad_id,device");
            Assert.Equal(CountTable.OfIndependent(count, advertiser, 60, groupBy), CountTable.OfAnswer(minutes, groupBy));
            Assert.Equal(CountTable.OfIndependent(count, advertiser, 3600), CountTable.OfAnswer(await _data.QueryAsync(advertiser, "1h")));
            Assert.Equal(CountTable.OfIndependent(count, advertiser, 86_400), CountTable.OfAnswer(await _data.QueryAsync(advertiser, "1d")));
        }
    }

    private static string Expected(JsonElement summary) =>
        $"read {summary.GetProperty("read")} accepted {summary.GetProperty("accepted")} duplicates {summary.GetProperty("duplicates")} "
        + $"late {summary.GetProperty("late_dropped")} quarantined {summary.GetProperty("malformed")} invalid {summary.GetProperty("invalid")} non-clicks 0";

    private static string Actual(JsonElement summary) =>
        $"read {summary.GetProperty("read")} accepted {summary.GetProperty("accepted")} duplicates {summary.GetProperty("duplicates")} "
        + $"late {summary.GetProperty("late_dropped")} quarantined {summary.GetProperty("quarantined")} invalid {summary.GetProperty("invalid")} "
        + $"non-clicks {summary.GetProperty("non_clicks")}";
}

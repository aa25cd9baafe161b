using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Local.Ingest;
using ClickFuncs.Local.Tests.Log;
using ClickFuncs.Log;
using ClickFuncs.Verdicts;
using ClickFuncs.Verdicts.Bots;

namespace ClickFuncs.Local.Tests.Ingest;

/// <summary>R21: an imported click is judged when it is imported, unless the line says how it was judged before.</summary>
public sealed class ImportVerdictTests : IDisposable
{
    private const string Event =
        "\"click_id\":\"clk_1\",\"ad_id\":\"ad_1\",\"campaign_id\":\"cmp_1\",\"advertiser_id\":\"adv_1\",\"event_time\":\"2026-07-01T12:00:00Z\"";

    private readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\"user_agent\":\"curl/8.5.0\"", VerdictTier.Invalid, VerdictReasons.KnownBot)]
    [InlineData("\"user_agent\":\"Mozilla/5.0 (X11; Linux x86_64)\",\"ip\":\"203.0.113.7\"", VerdictTier.Invalid, VerdictReasons.DataCenter)]
    [InlineData("\"ip\":\"198.51.100.7\"", VerdictTier.Valid, VerdictReasons.None)]
    [InlineData("\"device\":\"mobile\"", VerdictTier.Unjudged, VerdictReasons.None)]
    [InlineData("\"user_agent\":\"curl/8.5.0\",\"verdict\":\"valid\"", VerdictTier.Valid, VerdictReasons.None)]
    [InlineData("\"user_agent\":\"curl/8.5.0\",\"verdict\":\"suspect\",\"reasons\":[\"velocity_ip\"]", VerdictTier.Suspect, VerdictReasons.VelocityIp)]
    [InlineData("\"user_agent\":\"curl/8.5.0\",\"type\":\"conversion\"", VerdictTier.Unjudged, VerdictReasons.None)]
    [InlineData("\"user_agent\":\"curl/8.5.0\",\"type\":\"impression\"", VerdictTier.Unjudged, VerdictReasons.None)]
    public async Task Run_Line_IsOnTheLogWithItsVerdict(string fields, VerdictTier tier, VerdictReasons reasons)
    {
        var judge = new TrafficJudge(new VerdictOptions { DataCenterRanges = ["203.0.113.0/24"] }, KnownBots.Load());
        using var log = _folder.Open(partitions: 1);
        using var file = new MemoryStream(Encoding.UTF8.GetBytes($"{{{Event},{fields}}}\n"));

        await new FileImport(log, judge, ads: null, progress: _ => { }).RunAsync(file, Guid.NewGuid(), 0, CancellationToken.None);

        var batch = new RecordBatch();
        await log.ReadAsync(0, 0, 1 << 16, batch, CancellationToken.None);
        Assert.Equal(EventDefect.None, EventDecoder.Decode(batch.GetRecord(0), out var view));
        Assert.Equal(new Verdict(tier, reasons), view.Verdict);
    }
}

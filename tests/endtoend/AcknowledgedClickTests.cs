using System.Text.Json;
using ClickFuncs.Testing.Net;
using Xunit.Abstractions;

namespace ClickFuncs.EndToEnd.Tests;

public sealed class AcknowledgedClickTests(ITestOutputHelper output) : IDisposable
{
    private const string Advertiser = "adv_1";
    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    // Each round clicks as fast as answers come, kills the host somewhere in it, and starts it again while the clicking goes on.
    [Fact]
    public async Task Load_HostKilled_LosesNoAcknowledgedClick()
    {
        await _data.AddAdAsync("ad_1", Advertiser, new Uri("http://127.0.0.1/landing"));
        var port = FreePort.Find();
        var host = await HostProcess.StartAsync(_data.Path, port);
        try
        {
            var (acknowledged, sent) = (new List<string>(), 0L);
            for (var round = 0; round < TestSize.Rounds; round++)
            {
                var ledger = _data.File($"ledger-{round}");
                var load = _data.RunAsync("load", "--rate", "0", "--seconds", "3", "--connections", "16", "--ledger", ledger, "--url", $"{host.Url}");
                Assert.True(await Eventually.HoldsAsync(() => Task.FromResult(File.Exists(ledger) && new FileInfo(ledger).Length > 0), TimeSpan.FromSeconds(20)));
                await host.KillAfterAsync(TimeSpan.FromMilliseconds(Random.Shared.Next(1000)));
                await host.DisposeAsync();
                host = await HostProcess.StartAsync(_data.Path, port);
                sent += JsonElement.Parse((await load).Succeeded()).GetProperty("sent").GetInt64();
                acknowledged.AddRange(await File.ReadAllLinesAsync(ledger));
            }

            await AssertAllCountedAsync(acknowledged, sent);
            Assert.Equal(0, await host.StopAsync());
        }
        finally
        {
            await host.DisposeAsync();
        }

        // Killed as often, the archive has every record of the log, each in one file.
        var report = await _data.VerifyAsync();
        Assert.Equal(
            report.GetProperty("log").GetProperty("records").GetInt64(), report.GetProperty("archive").GetProperty("records").GetInt64());
    }

    private async Task AssertAllCountedAsync(List<string> acknowledged, long sent)
    {
        var logged = await LogIds.ReadAsync(_data);
        var distinct = logged.ToHashSet(StringComparer.Ordinal);
        Assert.Empty(acknowledged.Where(id => !distinct.Contains(id)).Take(10));
        output.WriteLine($"{TestSize.Rounds} kills: {sent} clicks sent, {acknowledged.Count} acknowledged, {logged.Count} on the log.");
        // The load makes a new id for each request and repeats none.
        Assert.Equal(distinct.Count, logged.Count);
        Assert.InRange(distinct.Count, acknowledged.Count, sent);
        var counts = "";
        var isCounted = await Eventually.HoldsAsync(
            async () => (counts = await CountsAsync()) == $"unique {distinct.Count} raw {logged.Count}", TimeSpan.FromSeconds(10));
        Assert.True(isCounted, $"{distinct.Count} clicks are on the log, counted are {counts}.");
    }

    private async Task<string> CountsAsync()
    {
        var totals = (await _data.QueryAsync(Advertiser, "1d")).GetProperty("totals").EnumerateArray().SingleOrDefault();
        if (totals.ValueKind == JsonValueKind.Undefined)
            return "none";
        // All of them come from one address, so velocity rules judge most of them invalid: how many depends on the load's pace.
        var unique = totals.GetProperty("clicks").GetInt64() + totals.GetProperty("invalid_clicks").GetInt64();
        return $"unique {unique} raw {totals.GetProperty("raw_clicks")}";
    }
}

using System.Globalization;
using System.Text.Json;
using ClickFuncs.Testing.Net;
using Xunit.Abstractions;

namespace ClickFuncs.EndToEnd.Tests.Spool;

/// <summary>R8 with the real program: the disk of the log is full, users are redirected all the same, and in the end every click is on the log once.</summary>
public sealed class SpoolTests : IDisposable
{
    private const string Advertiser = "adv_1";
    private readonly ITestOutputHelper _output;
    private readonly DataFolder _data = new();
    private readonly DataFolder _elsewhere = new();
    private readonly SmallDisk _disk;

    public SpoolTests(ITestOutputHelper output)
    {
        _output = output;
        _disk = new SmallDisk(_data.File("log"), 200);
        var settings = new { ClickFuncs = new { Spool = new { Directory = _elsewhere.File("spool") } } };
        File.WriteAllText(_data.File("clickfuncs.json"), JsonSerializer.Serialize(settings));
    }

    public void Dispose()
    {
        _disk.Dispose();
        _data.Dispose();
        _elsewhere.Dispose();
    }

    [SmallDiskFact]
    public async Task Click_LogDiskFull_IsRedirectedSpooledAndSeen()
    {
        await _data.AddAdAsync("ad_1", Advertiser, new Uri("http://127.0.0.1/landing"));
        decimal depth;
        await using (var host = await HostProcess.StartAsync(_data.Path))
        {
            (await _data.RunAsync("link", "--ad", "ad_1", "--count", "400", "--out", _data.File("links"))).Succeeded();
            _disk.Fill();
            // So many links and no schedule: on a busy machine the first answer may take its time.
            var load = await _data.JsonAsync("load", "--rate", "0", "--seconds", "60", "--connections", "8", "--links", _data.File("links"));
            Assert.Equal(400, load.GetProperty("acknowledged").GetInt32());
            Assert.Contains("The log is away", await TextAsync(host, "/health"), StringComparison.Ordinal);
            var metrics = await TextAsync(host, "/metrics");
            // A few may have fitted into the last page of the log's file.
            depth = Value(metrics, "clickfuncs_spool_depth");
            Assert.InRange(depth, 350, 400);
            Assert.Equal(1, Value(metrics, "clickfuncs_spool_active"));
            Assert.True(Value(metrics, "clickfuncs_spool_age_seconds") > 0);
            Assert.True(Value(metrics, "clickfuncs_spool_size_bytes") > depth * 100);
            await host.KillAsync();
        }

        var waiting = (await _data.VerifyAsync()).GetProperty("spool");
        Assert.Equal(depth, waiting.GetProperty("waiting").GetInt32());
        Assert.NotEqual(JsonValueKind.Null, waiting.GetProperty("oldest").ValueKind);

        _disk.Free();
        await using (var host = await HostProcess.StartAsync(_data.Path))
        {
            var metrics = "";
            Assert.True(await Eventually.HoldsAsync(
                async () => Value(metrics = await TextAsync(host, "/metrics"), "clickfuncs_spool_active") == 0, TimeSpan.FromSeconds(20)));
            Assert.Equal(0, Value(metrics, "clickfuncs_spool_depth"));
            // One that the log kept waiting went to the spool and may have come to the log all the same.
            Assert.Equal(depth, Drained(metrics, "appended") + Drained(metrics, "found"));
            Assert.Equal(0, await host.StopAsync());
        }

        Assert.Equal(0, (await _data.VerifyAsync()).GetProperty("spool").GetProperty("waiting").GetInt32());
        var logged = await LogIds.ReadAsync(_data);
        Assert.Equal((400, 400), (logged.Count, logged.Distinct(StringComparer.Ordinal).Count()));
    }

    // In each round the disk fills up somewhere in the load, is freed or not, and the host is killed.
    [SmallDiskFact]
    public async Task Load_LogDiskFullAndHostKilled_LosesAndDoublesNoAcknowledgedClick()
    {
        await _data.AddAdAsync("ad_1", Advertiser, new Uri("http://127.0.0.1/landing"));
        var port = FreePort.Find();
        var acknowledged = new List<string>();
        for (var round = 0; round < TestSize.Rounds; round++)
        {
            await using var host = await HostProcess.StartAsync(_data.Path, port);
            var ledger = _elsewhere.File($"ledger-{round}");
            var load = _data.RunAsync("load", "--rate", "2000", "--seconds", "2", "--connections", "16", "--ledger", ledger, "--url", $"{host.Url}");
            Assert.True(await Eventually.HoldsAsync(() => Task.FromResult(File.Exists(ledger) && new FileInfo(ledger).Length > 0), TimeSpan.FromSeconds(20)));
            await FillForAWhileAsync(isFreed: round % 2 == 0);
            await host.KillAfterAsync(TimeSpan.FromMilliseconds(Random.Shared.Next(500)));
            _disk.Free();
            (await load).Succeeded();
            acknowledged.AddRange(await File.ReadAllLinesAsync(ledger));
        }

        await using (var host = await HostProcess.StartAsync(_data.Path, port))
        {
            Assert.True(await Eventually.HoldsAsync(
                async () => Value(await TextAsync(host, "/metrics"), "clickfuncs_spool_depth") == 0, TimeSpan.FromSeconds(20)));
            Assert.Equal(0, await host.StopAsync());
        }

        var logged = await LogIds.ReadAsync(_data);
        var distinct = logged.ToHashSet(StringComparer.Ordinal);
        _output.WriteLine($"{TestSize.Rounds} rounds: {acknowledged.Count} clicks acknowledged, {logged.Count} on the log.");
        Assert.Empty(acknowledged.Where(id => !distinct.Contains(id)).Take(10));
        Assert.Equal(distinct.Count, logged.Count);
        await _data.VerifyAsync();
    }

    private async Task FillForAWhileAsync(bool isFreed)
    {
        await Cli.RunAsync(Cli.Redirected("sleep", [Seconds(Random.Shared.Next(300))]));
        _disk.Fill();
        await Cli.RunAsync(Cli.Redirected("sleep", [Seconds(Random.Shared.Next(600))]));
        if (isFreed)
            _disk.Free();
    }

    private static string Seconds(int milliseconds) => (milliseconds / 1000m).ToString(CultureInfo.InvariantCulture);

    private static decimal Value(string metrics, string series) => metrics.Split('\n')
        .Where(line => line.StartsWith(series + " ", StringComparison.Ordinal))
        .Select(line => decimal.Parse(line[(line.LastIndexOf(' ') + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture))
        .SingleOrDefault(-1);

    private static decimal Drained(string metrics, string outcome) => Math.Max(0, Value(metrics, $"clickfuncs_spool_drained_total{{outcome=\"{outcome}\"}}"));

    private static async Task<string> TextAsync(HostProcess host, string path)
    {
        using var answer = await host.GetAsync(path);
        return await answer.Content.ReadAsStringAsync();
    }
}

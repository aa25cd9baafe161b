using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ClickFuncs.EndToEnd.Tests;

public sealed class UpTests : IDisposable
{
    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Up_Sigterm_StopsInOrder()
    {
        await _data.AddAdAsync("ad_1", "adv_1", new Uri("http://127.0.0.1/landing"));
        int acknowledged;
        await using (var host = await HostProcess.StartAsync(_data.Path))
        {
            Assert.True(File.Exists(_data.File("host.json")));
            acknowledged = (await _data.JsonAsync("load", "--rate", "100", "--seconds", "1", "--connections", "4")).GetProperty("acknowledged").GetInt32();
            var started = Stopwatch.GetTimestamp();
            Assert.Equal(0, await host.StopAsync());
            Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5));
            Assert.DoesNotContain("fail:", host.Diagnostics, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", host.Diagnostics, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(_data.File("host.json")));
        var report = await _data.VerifyAsync();
        Assert.Equal(acknowledged, report.GetProperty("log").GetProperty("records").GetInt32());
        await using var restarted = await HostProcess.StartAsync(_data.Path);
        Assert.True(await Eventually.HoldsAsync(async () => await CountedAsync() == acknowledged, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task Up_SigtermUnderLoad_StopsInOrder()
    {
        await _data.AddAdAsync("ad_1", "adv_1", new Uri("http://127.0.0.1/landing"));
        await using var host = await HostProcess.StartAsync(_data.Path);
        var ledger = _data.File("ledger");
        var load = _data.RunAsync("load", "--rate", "0", "--seconds", "2", "--connections", "16", "--ledger", ledger);
        Assert.True(await Eventually.HoldsAsync(() => Task.FromResult(File.Exists(ledger) && new FileInfo(ledger).Length > 0), TimeSpan.FromSeconds(20)));
        Assert.Equal(0, await host.StopAsync());
        (await load).Succeeded();

        var logged = (await LogIds.ReadAsync(_data)).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(await File.ReadAllLinesAsync(ledger), id => !logged.Contains(id));
        await _data.VerifyAsync();
    }

    [Fact]
    public async Task Up_SecondOnTheSameFolder_FailsAndNamesTheFirst()
    {
        await using var host = await HostProcess.StartAsync(_data.Path);
        var events = _data.File("events.ndjson");
        await File.WriteAllTextAsync(events, "no event\n");
        foreach (var verb in (string[][])[["up", "--port", "0"], ["ingest", events]])
        {
            var second = await _data.RunAsync(verb);
            Assert.Equal(1, second.ExitCode);
            Assert.Empty(second.Output);
            Assert.StartsWith($"{verb[0]}: The log in ", second.Error, StringComparison.Ordinal);
            Assert.Contains($"process {host.ProcessId}.", second.Error, StringComparison.Ordinal);
            Assert.Single(second.Error.TrimEnd().Split('\n'));
        }

        // The first one is not disturbed, nor is what other verbs know about it.
        Assert.Equal("[]", (await _data.QueryAsync("adv_1", "1d")).GetProperty("series").GetRawText());
        Assert.Equal(0, await host.StopAsync());
    }

    [Fact]
    public async Task Up_KilledAndItsProcessIdTaken_IsNotTakenForRunning()
    {
        await using (var host = await HostProcess.StartAsync(_data.Path))
            await host.KillAsync();
        var note = _data.File("host.json");
        var address = JsonNode.Parse(await File.ReadAllTextAsync(note))!;
        address["processId"] = Environment.ProcessId;
        await File.WriteAllTextAsync(note, address.ToJsonString());

        Assert.Equal("[]", (await _data.QueryAsync("adv_1", "1d")).GetProperty("series").GetRawText());
        await _data.VerifyAsync();
    }

    [Fact]
    public async Task Up_PortInUse_FailsAndNamesIt()
    {
        await using var host = await HostProcess.StartAsync();
        var second = await _data.RunAsync("up", "--port", $"{host.Port}");
        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"{host.Port}", second.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ClickFuncs":{"Processor":{"AllowedLatenes":"00:20:00"}}}""", "AllowedLatenes")]
    [InlineData("""{"ClickFuncs":{"Procesor":{"AllowedLateness":"00:20:00"}}}""", "Procesor")]
    [InlineData("""{"ClickFuncs":{"Processor":{"AllowedLateness":"soon"}}}""", "AllowedLateness")]
    [InlineData("""{"ClickFuncs":{"Processor":{"AllowedLateness":"99.00:00:00"}}}""", "AllowedLateness")]
    [InlineData("""{"ClickFuncs":{"Processor":""", "clickfuncs.json")]
    public async Task Up_WrongSetting_StopsAndNamesIt(string settings, string named)
    {
        await File.WriteAllTextAsync(_data.File("clickfuncs.json"), settings);
        var result = await _data.RunAsync("up", "--port", "0");
        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.Contains(_data.File("clickfuncs.json"), result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    // All of the load comes from one address: velocity rules judge a part of it invalid.
    private async Task<int> CountedAsync() => (await _data.QueryAsync("adv_1", "1d")).GetProperty("totals").EnumerateArray()
        .Sum(total => total.GetProperty("clicks").GetInt32() + total.GetProperty("invalid_clicks").GetInt32());
}

using System.Text.Json;

namespace ClickFuncs.EndToEnd.Tests;

public sealed class VerbTests : IDisposable
{
    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("ingest: There is no file", "ingest", "no-such-file.ndjson")]
    [InlineData("granularity is '7m'", "query", "--advertiser", "a", "--from", "2025-01-01", "--to", "2025-01-02", "--granularity", "7m")]
    [InlineData("start_time is 'early'", "query", "--advertiser", "a", "--from", "early", "--to", "2025-01-02")]
    [InlineData("group_by has no 'colour'", "query", "--advertiser", "a", "--from", "2025-01-01", "--to", "2025-01-02", "--group-by", "colour")]
    [InlineData("--filter is 'colour'", "query", "--advertiser", "a", "--from", "2025-01-01", "--to", "2025-01-02", "--filter", "colour")]
    [InlineData("link: The catalog has no ad 'ad_9'", "link", "--ad", "ad_9")]
    [InlineData("catalog list", "link", "--ad", "ad_9")]
    [InlineData("--price is 'cheap'", "catalog", "add", "--ad", "a", "--advertiser", "v", "--campaign", "c", "--landing", "http://x/", "--price", "cheap")]
    [InlineData("landing", "catalog", "add", "--ad", "a", "--advertiser", "v", "--campaign", "c", "--landing", "ftp://x/", "--price", "1")]
    [InlineData("load: No host runs on", "load", "--rate", "1", "--seconds", "1")]
    [InlineData("load: --url is 'here'", "load", "--url", "here")]
    [InlineData("--from is 'early'", "backfill", "--from", "early", "--to", "2025-01-02")]
    [InlineData("--no-such-option", "query", "--no-such-option")]
    public async Task Verb_WrongInput_FailsWithASentenceOnStandardError(string sentence, params string[] args)
    {
        var result = await _data.RunAsync(args);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(sentence, result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("query", "--advertiser", "a", "--from", "2025-01-01", "--to", "2025-01-02")]
    [InlineData("verify")]
    [InlineData("catalog", "list")]
    [InlineData("link", "--ad", "ad_1")]
    [InlineData("load")]
    public async Task Verb_MisspeltFolder_FailsAndDoesNotMakeIt(params string[] args)
    {
        var misspelt = _data.File("no-such-folder");
        var result = await Cli.RunAsync([.. args, "--data", misspelt]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(misspelt, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(misspelt));
    }

    // A click of 23:30 UTC on 30 June is of 1 July in Oslo, whether a host answers or the folder itself.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Query_TimeZoneAndMetrics_GiveThatPlacesDayAndTheseMetrics(bool isHostRunning)
    {
        var time = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-2), TimeSpan.Zero).AddMinutes(-30);
        var events = _data.File("events.ndjson");
        await File.WriteAllTextAsync(events, $$"""{"click_id":"clk_1","advertiser_id":"adv_1","campaign_id":"cmp_1","ad_id":"ad_1","cost_micros":450000,"currency":"NOK","event_time":{{time.ToUnixTimeMilliseconds()}}}""" + "\n");
        (await _data.RunAsync("ingest", events, "--catalog", "auto")).Succeeded();
        await using var host = isHostRunning ? await HostProcess.StartAsync(_data.Path) : null;

        var answer = JsonElement.Parse((await _data.RunAsync(
            "query", "--advertiser", "adv_1", "--from", $"{time:yyyy-MM-dd}", "--to", $"{time.AddDays(3):yyyy-MM-dd}", "--granularity", "1d", "--time-zone", "Europe/Oslo", "--metrics", "total_spend,clicks")).Succeeded());

        var point = Assert.Single(answer.GetProperty("series").EnumerateArray());
        Assert.Equal(["timestamp", "clicks", "total_spend", "currency", "accuracy"], point.EnumerateObject().Select(field => field.Name));
        var oslo = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(point.GetProperty("timestamp").GetInt64()), TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo"));
        Assert.Equal($"{time.AddDays(1):yyyy-MM-dd} 00:00", $"{oslo:yyyy-MM-dd HH:mm}");
    }

    [Fact]
    public async Task Verb_Result_IsAloneOnStandardOutput()
    {
        await _data.AddAdAsync("ad_1", "adv_1", new Uri("http://127.0.0.1/landing"));
        var events = _data.File("events.ndjson");
        await File.WriteAllTextAsync(events, "no event\n");
        string[][] verbs =
        [
            ["ingest", events], ["query", "--advertiser", "adv_1", "--from", "2025-01-01", "--to", "2025-01-02"],
            ["link", "--ad", "ad_1"], ["catalog", "list"],
        ];
        foreach (var verb in verbs)
        {
            var result = await _data.RunAsync(verb);
            Assert.Single(result.Succeeded().TrimEnd('\n').Split('\n'));
            Assert.Empty(result.Error);
        }

        var report = await _data.RunAsync("verify");
        Assert.StartsWith("{", report.Succeeded(), StringComparison.Ordinal);
        Assert.Empty(report.Error);
    }
}

using System.Globalization;
using System.Text.Json;

namespace ClickFuncs.EndToEnd.Tests;

public sealed class MetricsTests : IDisposable
{
    private const int Clicks = 40;
    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Metrics_AfterTraffic_ShowTheWayOfAClick()
    {
        await _data.AddAdAsync("ad_1", "adv_1", new Uri("http://127.0.0.1/landing"));
        await using var host = await HostProcess.StartAsync(_data.Path);
        // So many links and no schedule: on a busy machine the first answer may take its time.
        (await _data.RunAsync("link", "--ad", "ad_1", "--count", $"{Clicks}", "--out", _data.File("links"))).Succeeded();
        var load = await _data.JsonAsync("load", "--rate", "0", "--seconds", "60", "--connections", "2", "--links", _data.File("links"));
        Assert.Equal(Clicks, load.GetProperty("acknowledged").GetInt32());
        using (await host.GetAsync("/c/tampered"))
        {
            // Refused, and counted as such.
        }

        string[] expected =
        [
            $"clickfuncs_redirect_requests_total{{outcome=\"click\"}} {Clicks}",
            "clickfuncs_redirect_requests_total{outcome=\"malformed\"} 1",
            $"clickfuncs_redirect_duration_seconds_count {Clicks}",
            $"clickfuncs_log_appended_total{{log=\"clicks\"}} {Clicks}",
            $"clickfuncs_processor_events_total{{outcome=\"accepted\"}} {Clicks}",
        ];
        var metrics = "";
        Assert.True(
            await Eventually.HoldsAsync(
                async () => IsAll(metrics = await TextAsync(host, "/metrics"), expected) && Sum(metrics, "clickfuncs_publish_rows_total") > 0, TimeSpan.FromSeconds(20)),
            $"Expected\n{string.Join('\n', expected)}\nin\n{metrics}");
        // Between nothing and what this test can have done: a group per click at most, and rows of one ad in two minutes.
        Assert.InRange(Sum(metrics, "clickfuncs_log_groups_total{log=\"clicks\"}"), 1, Clicks);
        Assert.InRange(Sum(metrics, "clickfuncs_log_sync_duration_seconds_sum"), 0.000_001m, 60);
        Assert.InRange(Sum(metrics, "clickfuncs_processor_commit_duration_seconds_count"), 1, Clicks);
        Assert.InRange(Sum(metrics, "clickfuncs_publish_rows_total"), 1, Clicks);
        Assert.InRange(Sum(metrics, "clickfuncs_publish_duration_seconds_count"), 1, Clicks);
        Assert.InRange(Sum(metrics, "clickfuncs_redirect_duration_seconds_sum"), 0.000_001m, 60);
    }

    [Fact]
    public async Task Health_RunningHost_NamesItsChecks()
    {
        await using var host = await HostProcess.StartAsync(_data.Path);
        var health = JsonElement.Parse(await TextAsync(host, "/health"));
        Assert.Equal("healthy", health.GetProperty("status").GetString());
        Assert.Equal(["budgets", "catalog", "spool", "stream"], health.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()!));
    }

    [Fact]
    public async Task Page_Root_IsServedWithAStrictPolicy()
    {
        await using var host = await HostProcess.StartAsync(_data.Path);
        using var answer = await host.GetAsync("/");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        // The page keeps its own policy: no script or style stands in it.
        var page = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotMatch("<script(?![^>]*\\ssrc=)|<style|\\sstyle=|\\son[a-z]+=", page);
        Assert.Matches("src=\"/assets/index-[^\"]+\\.js\"", page);
    }

    // "name{tags} value": the series of that name which have these tags add up to the value.
    private static bool IsAll(string metrics, string[] expected) => expected.All(line =>
        Sum(metrics, line[..line.LastIndexOf(' ')]) == decimal.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    private static decimal Sum(string metrics, string series)
    {
        var name = series.Split('{')[0];
        var tag = series.Contains('{', StringComparison.Ordinal) ? series[(name.Length + 1)..^1] : "";
        return metrics.Split('\n')
            .Where(line => line.StartsWith(name + " ", StringComparison.Ordinal) || line.StartsWith(name + "{", StringComparison.Ordinal))
            .Where(line => line.Contains(tag, StringComparison.Ordinal))
            .Sum(line => decimal.Parse(line[(line.LastIndexOf(' ') + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private static async Task<string> TextAsync(HostProcess host, string path)
    {
        using var answer = await host.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}

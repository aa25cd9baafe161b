using System.Text.Json;
using ClickFuncs.Testing.Net;

namespace ClickFuncs.EndToEnd.Tests.Smoke;

/// <summary><c>smoke</c>: what runs after a deployment must fail when the system does not count, and only then.</summary>
public sealed class SmokeTests
{
    [Fact]
    public async Task Smoke_WorkingHost_SeesItsClickCounted()
    {
        await using var host = await HostProcess.StartAsync();

        var result = await Cli.RunAsync("smoke", "--url", host.Url.ToString(), "--data", host.Data);

        var report = JsonDocument.Parse(result.Succeeded()).RootElement;
        Assert.NotEmpty(report.GetProperty("click_id").GetString()!);
        Assert.True(report.GetProperty("visible_ms").GetInt64() >= 0);
        // Not only said: the click is in the count that everybody can ask for, and cost nothing.
        var today = DateTimeOffset.UtcNow;
        var answer = await Cli.RunAsync(
            "query", "--data", host.Data, "--advertiser", "clickfuncs-smoke", "--granularity", "1d",
            "--from", $"{today.AddDays(-1):yyyy-MM-dd}", "--to", $"{today.AddDays(2):yyyy-MM-dd}");
        var total = Assert.Single(JsonDocument.Parse(answer.Succeeded()).RootElement.GetProperty("totals").EnumerateArray());
        Assert.Equal(1, total.GetProperty("raw_clicks").GetInt64());
        Assert.Equal(0m, total.GetProperty("total_spend").GetDecimal());
    }

    [Fact]
    public async Task Smoke_NobodyListens_FailsAndSaysWhere()
    {
        var result = await RunWithTokenAsync("token", $"http://127.0.0.1:{FreePort.Find()}", "2");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("took longer than 2 s to be healthy", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Smoke_WrongToken_FailsAtOnce()
    {
        await using var host = await HostProcess.StartAsync();

        var result = await RunWithTokenAsync("not-a-token", host.Url.ToString(), "60");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("operator", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Smoke_NoTokenAndNoFolder_SaysWhatToGive()
    {
        var start = Cli.StartInfo("smoke", "--url", "https://example.org");
        start.Environment.Remove("CLICKFUNCS_TOKEN");

        var result = await Cli.RunAsync(start);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("CLICKFUNCS_TOKEN", result.Error, StringComparison.Ordinal);
    }

    private static Task<Cli.Result> RunWithTokenAsync(string token, string url, string seconds)
    {
        var start = Cli.StartInfo("smoke", "--url", url, "--timeout", seconds);
        start.Environment["CLICKFUNCS_TOKEN"] = token;
        return Cli.RunAsync(start);
    }
}

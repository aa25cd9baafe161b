using System.Net;
using System.Text.RegularExpressions;

namespace ClickFuncs.EndToEnd.Tests;

public sealed partial class ClickTests : IAsyncLifetime, IDisposable
{
    private const string Advertiser = "adv_1";
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private readonly DataFolder _data = new();
    private readonly LandingPage _page = new();
    private readonly Browser _browser = new();
    private HostProcess _host = null!;

    public async Task InitializeAsync()
    {
        await _data.AddAdAsync("ad_1", Advertiser, _page.Url);
        _host = await HostProcess.StartAsync(_data.Path);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _page.DisposeAsync();
    }

    public void Dispose()
    {
        _browser.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Click_PrintedLink_LandsAndIsVisibleOnce()
    {
        var link = await LinkAsync("--impression", "imp_1");
        await AssertLandsAsync(link);
        Assert.NotEmpty(_browser.Cookies);
        await AssertCountsAsync("clicks 1 raw 1 spend 0.45");

        await AssertLandsAsync(link);
        await AssertCountsAsync("clicks 1 raw 2 spend 0.45");
        await AssertStoppedWithAsync(read: 2, nonClicks: 0);
    }

    [Fact]
    public async Task Click_ExplicitLink_LandsAndIsTheSameClickAsTheCompactOne()
    {
        await AssertLandsAsync(await LinkAsync("--impression", "imp_1", "--form", "explicit"));
        await AssertCountsAsync("clicks 1 raw 1 spend 0.45");
        await AssertLandsAsync(await LinkAsync("--impression", "imp_1"));
        await AssertCountsAsync("clicks 1 raw 2 spend 0.45");
    }

    [Fact]
    public async Task Head_PrintedLink_IsRecordedButNoClick()
    {
        Assert.Equal(HttpStatusCode.OK, await _browser.HeadAsync(await LinkAsync()));
        await AssertLandsAsync(await LinkAsync());
        await AssertCountsAsync("clicks 1 raw 1 spend 0.45");
        await AssertStoppedWithAsync(read: 2, nonClicks: 1);
    }

    [Fact]
    public async Task Click_TamperedLink_IsRefusedAndCountsNothing()
    {
        var compact = await LinkAsync();
        var @explicit = await LinkAsync("--form", "explicit");
        string[] tampered =
        [
            // Every single character of the token, its end, and what may be hung onto it.
            .. Enumerable.Range(compact.LastIndexOf('/') + 1, compact.Length - compact.LastIndexOf('/') - 1)
                .Select(at => compact[..at] + (compact[at] == 'A' ? 'B' : 'A') + compact[(at + 1)..]),
            compact[..^1], compact + "A", compact + "=", compact + "/", compact[..(compact.LastIndexOf('/') + 1)],
            Changed(@explicit, "cost_per_click=0.45", "cost_per_click=0.01"),
            Changed(@explicit, "redirect_url=http", "redirect_url=https"),
            Changed(@explicit, "redirect_url=", "redirect_url=http%3A%2F%2Fevil.example%2F%3F"),
            Changed(@explicit, "advertiser_id=adv_1", "advertiser_id=adv_2"),
            Changed(@explicit, "kid=1", "kid=2"),
            @explicit + "&redirect_url=http%3A%2F%2Fevil.example%2F", @explicit + "&more=1",
            @explicit[..@explicit.LastIndexOf('&')],
        ];
        foreach (var link in tampered)
        {
            var (status, text) = await _browser.OpenAsync(link);
            Assert.True((int)status is >= 400 and < 500, $"{link} was answered with {status}.");
            Assert.Contains("\"status\"", text, StringComparison.Ordinal);
        }

        Assert.Equal(0, _page.Visits);
        Assert.Empty(_browser.Cookies);
        await AssertStoppedWithAsync(read: 0, nonClicks: 0);
    }

    [Fact]
    public async Task Click_DemoLink_LandsOnTheAdvertisersPage()
    {
        await using var demo = await HostProcess.StartAsync(args: "--demo");
        Assert.True(await Eventually.HoldsAsync(() => Task.FromResult(DemoLink().IsMatch(demo.Results)), Freshness), demo.Output);
        var (status, text) = await _browser.OpenAsync(DemoLink().Match(demo.Results).Groups[1].Value);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("You landed on the advertiser's page", text, StringComparison.Ordinal);
    }

    private static string Changed(string link, string from, string to)
    {
        Assert.Contains(from, link, StringComparison.Ordinal);
        return link.Replace(from, to, StringComparison.Ordinal);
    }

    private async Task<string> LinkAsync(params string[] more) => (await _data.RunAsync(["link", "--ad", "ad_1", .. more])).Succeeded().TrimEnd('\n');

    private async Task AssertLandsAsync(string link)
    {
        var (status, text) = await _browser.OpenAsync(link);
        Assert.Equal((HttpStatusCode.OK, LandingPage.Text), (status, text));
    }

    private async Task AssertCountsAsync(string expected)
    {
        var counts = "";
        Assert.True(await Eventually.HoldsAsync(async () => (counts = await CountsAsync()) == expected, Freshness), $"Expected {expected}, counted {counts}.");
    }

    private async Task<string> CountsAsync()
    {
        var answer = await _data.QueryAsync(Advertiser, "1d", "--group-by", "ad_id,device", "--filter", "ad_id=ad_1");
        return string.Join("; ", answer.GetProperty("totals").EnumerateArray().Select(total =>
            $"clicks {total.GetProperty("clicks")} raw {total.GetProperty("raw_clicks")} spend {total.GetProperty("total_spend")}"));
    }

    // What the log holds in the end: a request that left no record can't count, now or later.
    private async Task AssertStoppedWithAsync(int read, int nonClicks)
    {
        var stopped = await _host.StopAsync();
        Assert.Equal(0, stopped);
        var report = await _data.VerifyAsync();
        Assert.Equal(read, report.GetProperty("log").GetProperty("records").GetInt32());
        Assert.Equal(nonClicks, report.GetProperty("partitions").EnumerateArray().Sum(partition => partition.GetProperty("non_clicks").GetInt32()));
    }

    [GeneratedRegex("Click this: (http://.*)")]
    private static partial Regex DemoLink();
}

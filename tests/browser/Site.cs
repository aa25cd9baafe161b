using ClickFuncs.EndToEnd.Tests;
using Microsoft.Playwright;

namespace ClickFuncs.Browser.Tests;

/// <summary>The real host with two weeks of history and an ad to click, and a browser; one of each for all tests.</summary>
public sealed class Site : IAsyncLifetime, IDisposable
{
    /// <summary>Name of the collection of all tests that use it.</summary>
    public const string Collection = "site";

    /// <summary>The ad whose links lead to <see cref="Landing"/>.</summary>
    public const string ClickedAd = "ad_clicked";

    /// <summary>Its advertiser, who has nothing else.</summary>
    public const string ClickedAdvertiser = "adv_clicked";

    private const string TrafficAd = "ad_traffic";

    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly DataFolder _data = new();
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;
    private HostProcess _host = null!;

    internal LandingPage Landing { get; } = new();

    /// <summary>What was counted before the tests began.</summary>
    public History History { get; } = new(seed: 20261122, TimeProvider.System.GetUtcNow());

    /// <summary>Where the host serves.</summary>
    public Uri Url => _host.Url;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await _data.AddAdAsync(ClickedAd, ClickedAdvertiser, Landing.Url);
        await _data.AddAdAsync(TrafficAd, "adv_traffic", Landing.Url);
        var file = _data.File("history.ndjson");
        await File.WriteAllLinesAsync(file, History.Lines());
        (await _data.RunAsync("ingest", file, "--catalog", "auto")).Succeeded();
        _host = await HostProcess.StartAsync(_data.Path);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium(), Args = ["--no-sandbox"] });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _host.DisposeAsync();
        await Landing.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _data.Dispose();

    /// <summary>A fresh window of the browser, with nothing remembered.</summary>
    internal async Task<Visit> VisitAsync(BrowserNewContextOptions? options = null) =>
        await Visit.StartAsync(await _browser.NewContextAsync(options ?? new() { ViewportSize = new() { Width = 1280, Height = 1000 } }), Url);

    /// <summary>A link to <see cref="ClickedAd"/>.</summary>
    public async Task<string> LinkAsync() => (await _data.RunAsync("link", "--ad", ClickedAd)).Succeeded().TrimEnd('\n');

    /// <summary>Some clicks on an ad that no test counts, so that something is happening.</summary>
    public async Task ClickAroundAsync()
    {
        (await _data.RunAsync("link", "--ad", TrafficAd, "--count", "40", "--out", _data.File("links"))).Succeeded();
        (await _data.RunAsync("load", "--links", _data.File("links"), "--rate", "40", "--connections", "4")).Succeeded();
    }

    /// <summary>Fetches a path of the host.</summary>
    public async Task<string> GetAsync(string path)
    {
        using var answer = await _host.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path} was answered with {answer.StatusCode}.");
        return await answer.Content.ReadAsStringAsync();
    }

    private static string Chromium() =>
        Browsers.FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("No Chromium was found; install the package chromium.");
}

/// <summary>All browser tests share the host, so that it starts once.</summary>
[CollectionDefinition(Site.Collection)]
public sealed class SiteDefinition : ICollectionFixture<Site>;

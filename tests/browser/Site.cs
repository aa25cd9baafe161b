using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
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
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(180);

    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly DataFolder _data = new();
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;
    private HostProcess _host = null!;
    private HttpClient _http = null!;
    private string? _financeToken;

    // Opened once for each role: signing in is limited to some attempts a minute.
    private readonly ConcurrentDictionary<string, string> _sessions = new();

    /// <summary>Makes the events; nothing runs yet.</summary>
    public Site()
    {
        Closed = new BooksDay(History.FirstFullDay.AddDays(-5), "adv_lofoten", "NOK");
        Unclosed = new BooksDay(History.FirstFullDay.AddDays(-3), "adv_tromso", "SEK");
        Open = new BooksDay(History.FirstFullDay.AddDays(-4), "adv_books", "USD");
    }

    internal LandingPage Landing { get; } = new();

    /// <summary>What was counted before the tests began.</summary>
    public History History { get; } = new(seed: 20261122, TimeProvider.System.GetUtcNow());

    /// <summary>A day before the history that is closed when the tests begin.</summary>
    public BooksDay Closed { get; }

    /// <summary>The day after it, which nobody but the test of closing closes.</summary>
    public BooksDay Open { get; }

    /// <summary>A day after that, which nobody closes: its late clicks stay late.</summary>
    public BooksDay Unclosed { get; }

    /// <summary>The day that the host closed by itself when it started: yesterday once the night's close is due.</summary>
    public string Yesterday { get; private set; } = "";

    /// <summary>Where the host serves.</summary>
    public Uri Url => _host.Url;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await _data.AddAdAsync(ClickedAd, ClickedAdvertiser, Landing.Url);
        await _data.AddAdAsync(TrafficAd, "adv_traffic", Landing.Url);
        (await _data.RunAsync("budget", "set", "--campaign", "cmp_1", "--advertiser", ClickedAdvertiser, "--daily", "1000000", "--total", "2000000")).Succeeded();
        (await _data.RunAsync("budget", "set", "--campaign", "cmp_empty", "--advertiser", ClickedAdvertiser, "--daily", "0")).Succeeded();
        var file = _data.File("history.ndjson");
        await File.WriteAllLinesAsync(file, [.. Closed.Lines(), .. Open.Lines(), .. Unclosed.Lines(), .. History.Lines()]);
        (await _data.RunAsync("ingest", file, "--catalog", "auto")).Succeeded();
        (await _data.RunAsync("reconcile", "--date", Closed.Date)).Succeeded();
        _host = await HostProcess.StartAsync(_data.Path);
        _http = new HttpClient { BaseAddress = Url };
        // Until 02:00 UTC the last night's close was that of the day before.
        Yesterday = TimeProvider.System.GetUtcNow().AddHours(-2).AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.True(await Eventually.HoldsAsync(IsYesterdayClosedAsync, CloseLimit), "The host did not make up for last night's close.");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium(), Args = ["--no-sandbox"] });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        _http.Dispose();
        await _host.DisposeAsync();
        await Landing.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _data.Dispose();

    /// <summary>A fresh window of the browser, in which somebody of a role is signed in and nothing else is remembered.</summary>
    internal async Task<Visit> VisitAsync(BrowserNewContextOptions? options = null, string role = "operator")
    {
        options ??= new() { ViewportSize = new() { Width = 1280, Height = 1000 } };
        // A browser without a window says so, and such clicks are judged to be a bot's.
        options.UserAgent ??= "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36";
        options.StorageState = await SessionAsync(role);
        return await Visit.StartAsync(await _browser.NewContextAsync(options), Url);
    }

    /// <summary>The finance page with the closed day and its advertiser.</summary>
    public string FinanceView => $"/finance?day={Closed.Date}&advertiser={Closed.Advertiser}&currency={Closed.Currency}";

    /// <summary>A token of somebody with a role, as <c>token</c> prints it.</summary>
    public async Task<string> TokenAsync(string role) => (await _data.RunAsync("token", "--role", role)).Succeeded().Trim();

    /// <summary>A link to <see cref="ClickedAd"/>.</summary>
    public async Task<string> LinkAsync() => (await _data.RunAsync("link", "--ad", ClickedAd)).Succeeded().TrimEnd('\n');

    /// <summary>Some clicks on an ad that no test counts, so that something is happening.</summary>
    public async Task ClickAroundAsync()
    {
        (await _data.RunAsync("link", "--ad", TrafficAd, "--count", "40", "--out", _data.File("links"))).Succeeded();
        (await _data.RunAsync("load", "--links", _data.File("links"), "--rate", "40", "--connections", "4")).Succeeded();
    }

    /// <summary>Fetches a path of the host, as somebody with a role.</summary>
    public async Task<string> GetAsync(string path, string role = "operator")
    {
        using var answer = await AskAsync(path, await TokenAsync(role));
        Assert.True(answer.IsSuccessStatusCode, $"{path} was answered with {answer.StatusCode}.");
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Has a range counted again and kept, and waits until it is: the id of the run.</summary>
    public async Task<string> BackfillAsync(DateTimeOffset from, DateTimeOffset to)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/finance/backfills", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync("finance"));
        request.Content = JsonContent.Create(new { from = $"{from:yyyy-MM-dd'T'HH':00Z'}", to = $"{to:yyyy-MM-dd'T'HH':00Z'}" });
        using var answer = await _http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        var id = JsonElement.Parse(body).GetProperty("id").GetString()!;
        Assert.True(await Eventually.HoldsAsync(
            async () => (await BackfillOutcomeAsync(id)) is { ValueKind: JsonValueKind.Object }, CloseLimit), $"The backfill {id} did not end.");
        return id;
    }

    /// <summary>What a backfill came to.</summary>
    public async Task<JsonElement> BackfillOutcomeAsync(string id)
    {
        _financeToken ??= await TokenAsync("finance");
        using var answer = await AskAsync($"/api/v1/finance/backfills/{id}", _financeToken);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("outcome");
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _http.SendAsync(request);
    }

    private async Task<bool> IsYesterdayClosedAsync()
    {
        _financeToken ??= await TokenAsync("finance");
        using var answer = await AskAsync($"/api/v1/finance/reconciliations/{Yesterday}", _financeToken);
        return answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync()).Contains("\"state\":\"completed\"", StringComparison.Ordinal);
    }

    // The cookie of a session, signed in to as the page does it, in the form that a window can be opened with.
    private async Task<string> SessionAsync(string role)
    {
        if (_sessions.TryGetValue(role, out var known))
            return known;
        await using var context = await _browser.NewContextAsync();
        var answer = await context.APIRequest.PostAsync(new Uri(Url, "/signin").ToString(), new() { DataObject = new { token = await TokenAsync(role) } });
        Assert.True(answer.Ok, $"Signing in was answered with {answer.Status}.");
        return _sessions[role] = await context.StorageStateAsync();
    }

    private static string Chromium() =>
        Browsers.FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("No Chromium was found; install the package chromium.");
}

/// <summary>All browser tests share the host, so that it starts once.</summary>
[CollectionDefinition(Site.Collection)]
public sealed class SiteDefinition : ICollectionFixture<Site>;

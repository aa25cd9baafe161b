using System.Net;
using ClickFuncs.Analytics;
using ClickFuncs.Api.Redirect.Wire;
using ClickFuncs.Api.SignIn.Sessions;
using ClickFuncs.Api.Tests.OpenApi;
using ClickFuncs.Api.Tests.SignIn;
using ClickFuncs.ApiKeys;
using ClickFuncs.Catalog;
using ClickFuncs.Links;
using ClickFuncs.Log;
using ClickFuncs.Sessions;
using ClickFuncs.Testing.ApiKeys;
using ClickFuncs.Testing.Catalog;
using ClickFuncs.Testing.Sessions;
using ClickFuncs.Testing.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Api.Tests.Hosting;

/// <summary>
/// The whole API on a real server at a free port, with a fake log, catalog and counts in memory and a clock of its own. It
/// accepts the tokens of <see cref="TestIssuer.Shared"/>.
/// </summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiHost(WebApplication app, FakeClickLog log, InMemoryCatalogStore store, ManualClock clock)
    {
        (_app, Log, Store, Clock) = (app, log, store, clock);
        Client = new HttpClient(new DescribedAnswers(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public FakeClickLog Log { get; }

    public InMemoryCatalogStore Store { get; }

    public ManualClock Clock { get; }

    public HttpClient Client { get; }

    public OneTimeCodes Codes => _app.Services.GetRequiredService<OneTimeCodes>();

    /// <summary>Everything that is mapped.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints => [.. _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public InMemoryAnalyticsStore Analytics => (InMemoryAnalyticsStore)_app.Services.GetRequiredService<IAnalyticsStore>();

    public IApiKeyStore Keys => _app.Services.GetRequiredService<IApiKeyStore>();

    /// <summary>Makes an API key for one advertiser, or for all, and gives it as its holder has it.</summary>
    public async Task<string> KeyAsync(string? advertiserId)
    {
        await Keys.AddAsync(ApiKeyText.Make("test", advertiserId, Clock.GetUtcNow(), out var text), CancellationToken.None);
        return text;
    }

    public LinkMaker Links => _app.Services.GetRequiredService<LinkMaker>();

    /// <summary>A compact link to the sample ad.</summary>
    public string Link(string adId = "ad_99a2c3d4", string? clickId = "clk_1") => Links.MakeCompact(Entry(adId), clickId);

    public static CatalogEntry Entry(string adId = "ad_99a2c3d4") => new(CatalogSamples.Ad(adId));

    public static async Task<ApiHost> StartAsync(
        Action<InMemoryCatalogStore>? fail = null, Action<WebApplication>? map = null, Action<IServiceCollection>? add = null, bool hasLane = true, params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        if (hasLane)
            builder.WebHost.UseClickLane();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ClickFuncs:Links:Keys:0:Id"] = "1",
            ["ClickFuncs:Links:Keys:0:Secret"] = Convert.ToBase64String(new byte[32]),
            ["ClickFuncs:Links:ActiveKeyId"] = "1",
            ["ClickFuncs:SignIn:KeySetFile"] = TestIssuer.Shared.KeySetFile,
            ["ClickFuncs:SignIn:Issuer"] = TestIssuer.Name,
            ["ClickFuncs:SignIn:AttemptsPerMinute"] = "1000",
            ["ClickFuncs:Api:RequestsPerMinute"] = "1000000",
        });
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create($"ClickFuncs:{setting.Key}", setting.Value)));
        var log = new FakeClickLog();
        var clock = new ManualClock();
        var store = new InMemoryCatalogStore();
        await store.UpsertAsync(
        [
            CatalogSamples.Ad(), CatalogSamples.SeenAd(), CatalogSamples.Ad("ad_paused") with { Status = AdStatus.Paused },
            CatalogSamples.Ad("ad_archived") with { Status = AdStatus.Archived }, CatalogSamples.Ad("ad_other") with { AdvertiserId = "adv_2" },
        ], CancellationToken.None);
        fail?.Invoke(store);
        builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton<IClickLog>(log).AddSingleton<ICatalogStore>(store);
        builder.Services.AddSingleton<IAnalyticsStore>(new InMemoryAnalyticsStore(TimeSpan.FromSeconds(15)));
        builder.Services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new InMemoryKeys());
        builder.Services.AddSingleton<IApiKeyStore>(new InMemoryApiKeyStore());
        builder.Services.AddSingleton<ISessionRevocations>(new InMemorySessionRevocations());
        builder.Services.AddClickFuncsApi();
        add?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseClickFuncsApi();
        app.MapClickFuncsApi();
        map?.Invoke(app);
        await app.StartAsync();
        return new ApiHost(app, log, store, clock);
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, headers);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request);
    }

    /// <summary>Asks as an operator.</summary>
    public Task<HttpResponseMessage> GetAsOperatorAsync(string path) =>
        GetAsync(path, ("Authorization", $"Bearer {TestIssuer.Shared.Token()}"));

    /// <summary>Takes no more requests and lets those end that are under way.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

using System.Net;
using ClickFuncs.Analytics;
using ClickFuncs.Analytics.Late;
using ClickFuncs.Api;
using ClickFuncs.Api.Budgets;
using ClickFuncs.Api.Finance;
using ClickFuncs.Api.Operations;
using ClickFuncs.Api.Redirect.Wire;
using ClickFuncs.Api.Telemetry;
using ClickFuncs.Api.Velocity;
using ClickFuncs.ApiKeys;
using ClickFuncs.Budgets;
using ClickFuncs.Catalog;
using ClickFuncs.Links;
using ClickFuncs.Local.ApiKeys;
using ClickFuncs.Local.Closing;
using ClickFuncs.Local.Demo;
using ClickFuncs.Local.Quarantine;
using ClickFuncs.Local.SignIn;
using ClickFuncs.Local.Spool;
using ClickFuncs.Log;
using ClickFuncs.Processing;
using ClickFuncs.Quarantine;
using ClickFuncs.Verdicts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Local.Hosting;

/// <summary>
/// The one-machine host: the HTTP side over a <see cref="LocalNode"/>, with housekeeping and, if asked, demo traffic.
/// </summary>
internal sealed class LocalHost(DataDirectory directory, TimeProvider time)
{
    private bool _isStarted;

    /// <summary>Address to listen at. Beyond loopback the settings must name whose tokens are accepted.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>Port; 0 takes a free one.</summary>
    public required int Port { get; init; }

    /// <summary>Partitions of a new log; null takes the settings' number.</summary>
    public int? Partitions { get; init; }

    public bool IsDemo { get; init; }

    /// <summary>Runs until cancelled or told to stop by a signal, then stops in order: no new requests, log synced, counting ended.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var options = LocalOptionsReader.Read(directory, out var configuration);
        var isDevelopmentIssuerActive = DevelopmentIssuerRule.IsActive(Listen, options.SignIn);
        using var loggers = LoggerFactory.Create(ConfigureLogging);
        using var telemetry = TelemetryExport.Start(options.Telemetry);
        await using var closing = await ClosingNode.OpenAsync(directory, options, Partitions, time, loggers, cancellationToken, isWatching: true);
        var node = closing.Node;
        await using var app = Build(closing, options, configuration, isDevelopmentIssuerActive);
        // Before the first click is taken: a budget that nobody has heard of would stop nothing.
        await node.Budgets.Keeper.PrepareAsync(cancellationToken);
        await node.Velocity.Keeper.PrepareAsync(cancellationToken);
        await closing.StartAsync(cancellationToken);
        node.StartKeepingBudgets();
        node.StartWatchingVelocity();
        StreamGauges.Register(node, time);
        ArchiveGauges.Register(node);
        node.Spool.RegisterGauges(time);
        DiskGauges.Register(directory);
        FreshnessGauge.Register(node.Freshness);
        BudgetGauges.Register(node.Budgets.Board, options.Budgets, time);
        await app.StartAsync(cancellationToken);
        _isStarted = true;
        // After the metrics listen: what is drained first must show.
        node.StartSpooling();
        try
        {
            var url = ReachableUrl(app);
            new HostAddress(Environment.ProcessId, url).Write(directory.Host);
            await ServeAsync(app, node, options, url, loggers, cancellationToken);
        }
        finally
        {
            File.Delete(directory.Host);
        }
    }

    private async Task ServeAsync(
        WebApplication app, LocalNode node, LocalOptions options, string url, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, app.Lifetime.ApplicationStopping);
        var work = new List<Task>
        {
            new Maintenance(node, options, time, loggers.CreateLogger<Maintenance>()).RunAsync(stopping.Token),
            new StatusLine(node, time, Console.Out).RunAsync(stopping.Token),
        };
        if (options.Freshness.Probes)
            work.Add(node.Freshness.RunAsync(stopping.Token));
        Console.WriteLine($"ClickFuncs is up: {url}");
        SignInLinks.Print(app.Services, url, IsDemo);
        if (IsDemo)
            work.Add(await StartDemoAsync(app, node, url, loggers, stopping.Token));
        await app.WaitForShutdownAsync(cancellationToken);
        await stopping.CancelAsync();
        await Task.WhenAll(work);
    }

    private async Task<Task> StartDemoAsync(WebApplication app, LocalNode node, string url, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        await node.Catalog.UpsertAsync([.. DemoCatalog.Ads(url)], cancellationToken);
        await DemoBudgets.SetAsync(node.Budgets.Store, time, cancellationToken);
        var catalog = await app.Services.GetRequiredService<CatalogCache>().RefreshAsync(cancellationToken);
        CatalogEntry[] ads = [.. catalog.Entries.Where(ad => ad.Location?.StartsWith(url, StringComparison.Ordinal) == true)];
        var links = app.Services.GetRequiredService<LinkMaker>();
        Console.WriteLine($"Click this: {url}{links.MakeCompact(ads[0])}");
        return new DemoTraffic(ads, links, node.Log, new Uri(url), time, loggers.CreateLogger<DemoTraffic>()).RunAsync(cancellationToken);
    }

    // A host that listens everywhere is found by this machine's own verbs on loopback.
    private string ReachableUrl(WebApplication app)
    {
        var url = new UriBuilder(app.Urls.First());
        if (Listen.Equals(IPAddress.Any) || Listen.Equals(IPAddress.IPv6Any))
            url.Host = IPAddress.Loopback.ToString();
        return url.Uri.GetLeftPart(UriPartial.Authority);
    }

    private WebApplication Build(
        ClosingNode closing, LocalOptions options, IConfiguration configuration, bool isDevelopmentIssuerActive)
    {
        var node = closing.Node;
        // Empty: the usual builder watches the folder it is started in, which may well be the one that the log grows in.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        ConfigureLogging(builder.Logging);
        // What keeps it from starting, such as a port in use, reaches the caller; logged too, it would hide in a stack trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => _isStarted && level >= LogLevel.Warning);
        builder.Configuration.AddConfiguration(configuration);
        builder.WebHost.UseKestrelCore().UseSockets(sockets =>
        {
            // For what the short way of clicks leaves to the server: a request is parsed where its bytes arrived, since nothing on that way blocks, and
            // without the empty read that saves a buffer per idle connection.
            sockets.UnsafePreferInlineScheduling = true;
            sockets.WaitForDataBeforeAllocatingBuffer = false;
        }).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(Listen, Port);
        }).UseClickLane();
        var services = builder.Services;
        services.AddSingleton(time);
        services.AddSingleton<IClickLog>(node.Spool.Clicks);
        services.AddSingleton<ICatalogStore>(node.Catalog);
        services.AddSingleton<IAnalyticsStore>(node.Analytics);
        services.AddSingleton<ILateClicks>(_ => new LateClickIndex(node.State, node.Log.PartitionCount, options.Quarantine.RetainFor, time));
        services.AddSingleton(node.Budgets.Board);
        services.AddSingleton(node.Velocity.Judge);
        services.AddSingleton<IBudgetStore>(node.Budgets.Store);
        services.AddSingleton(Options.Create(options.Processor));
        services.AddSingleton<IApiKeyStore>(_ => new SqliteApiKeyStore(directory.ApiKeys));
        services.AddSingleton(node.Traces);
        services.AddClickFuncsApi();
        services.AddAlerts();
        services.AddLocalSignIn(directory, isDevelopmentIssuerActive);
        services.PostConfigure<LinkOptions>(links => UseKeysOfTheFolder(links));
        services.AddHealthChecks().AddCheck("stream", new StreamHealthCheck(node)).AddCheck("budgets", new BudgetHealthCheck(node.Budgets.Keeper))
            .AddCheck("spool", new SpoolHealthCheck(node.Spool));
        services.AddSingleton(closing.Workflows.Client);
        services.AddSingleton(closing.Ledger);
        services.AddSingleton(node.Lake);
        services.AddSingleton(new FinanceSettings(options.Close, LocalClose.PolicyOf(options), LocalClose.ScratchOf(directory, options)));
        services.AddSingleton(LocalWorkflows.Schedules(options));
        services.AddSingleton<IQuarantine>(provider => new LocalQuarantine(
            node, directory, options, provider.GetRequiredService<TrafficJudge>(), time, provider.GetRequiredService<ILogger<LocalQuarantine>>()));
        closing.Workflows.AddSchedules(services);

        var app = builder.Build();
        app.UseClickFuncsApi();
        app.MapClickFuncsApi();
        app.MapBudgets();
        app.MapVelocity();
        app.MapFinance();
        app.MapAlerts();
        app.MapOperations();
        app.MapQuarantine();
        if (IsDemo)
            app.MapGet("/demo/landing/{ad}", (string ad) => Results.Text($"You landed on the advertiser's page of {ad}.\n")).AllowAnonymous();
        return app;
    }

    private void UseKeysOfTheFolder(LinkOptions links)
    {
        if (links.Keys.Count > 0)
            return;
        var made = LinkKeyFile.Complete(links, directory.LinkKeys);
        foreach (var key in made.Keys)
            links.Keys.Add(key);
        links.ActiveKeyId = made.ActiveKeyId;
    }

    private static void ConfigureLogging(ILoggingBuilder logging) => logging
        .ClearProviders()
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
            console.UseUtcTimestamp = true;
        })
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("Quartz", LogLevel.Warning)
        // Warns that the files of session keys are not encrypted: they are as secret as the folder's other keys.
        .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
        // With any level on, the server makes an activity and a log scope for every request.
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
}

using ClickFuncs.Analytics;
using ClickFuncs.Analytics.Late;
using ClickFuncs.ApiKeys;
using ClickFuncs.Budgets;
using ClickFuncs.Catalog;
using ClickFuncs.Functions.Cosmos;
using ClickFuncs.Functions.Counting;
using ClickFuncs.Functions.EventHubs;
using ClickFuncs.Functions.Kusto;
using ClickFuncs.Functions.Lake;
using ClickFuncs.Functions.Quarantine;
using ClickFuncs.Functions.SecondStage;
using ClickFuncs.Functions.Tables;
using ClickFuncs.Lake;
using ClickFuncs.Ledger;
using ClickFuncs.Log;
using ClickFuncs.Processing;
using ClickFuncs.Quarantine;
using ClickFuncs.Sessions;
using ClickFuncs.State;
using ClickFuncs.Verdicts;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Functions.Hosting;

/// <summary>The adapters of the ports, one line each.</summary>
public static class AzureStores
{
    /// <summary>Key of the service that is the hub of clicks itself, without a spool behind it.</summary>
    public const string ClickHub = "clicks";

    /// <summary>Registers them.</summary>
    public static IServiceCollection AddAzureStores(this IServiceCollection services)
    {
        services.AddSingleton(provider => new AzureClients(Of<AzureOptions>(provider), Of<HubNames>(provider), Of<KustoOptions>(provider)));
        services.AddHttpClient();

        services.AddKeyedSingleton<IClickLog>(ClickHub, (provider, _) => Hub(provider, Of<HubNames>(provider).Clicks, Of<AzureOptions>(provider).ClickLogPartitions, "clicks"));
        services.AddKeyedSingleton<IClickLog>(SecondStageFunctions.SpendLog, (provider, _) => Hub(provider, Of<HubNames>(provider).Spend, 1, SecondStageFunctions.SpendLog));
        services.AddKeyedSingleton<IClickLog>(SecondStageFunctions.SignalLog, (provider, _) => Hub(provider, Of<HubNames>(provider).Signals, 1, SecondStageFunctions.SignalLog));
        services.AddSingleton<IPartitionSource>(provider => Source(provider, Of<HubNames>(provider).Clicks, Of<AzureOptions>(provider).ClickLogPartitions));
        services.AddKeyedSingleton<IPartitionSource>(SecondStageFunctions.SpendLog, (provider, _) => Source(provider, Of<HubNames>(provider).Spend, 1));
        services.AddKeyedSingleton<IPartitionSource>(SecondStageFunctions.SignalLog, (provider, _) => Source(provider, Of<HubNames>(provider).Signals, 1));

        services.AddSingleton<ILake>(provider => new BlobLake(Clients(provider).Lake(), Path.Combine(Path.GetTempPath(), "clickfuncs-lake")));
        services.AddKeyedSingleton<ILake>(StoreNames.Spool, (provider, _) => new BlobLake(Clients(provider).Spool(), Path.Combine(Path.GetTempPath(), "clickfuncs-spool")));
        services.AddSingleton<IPartitionStateStore>(provider => new CosmosPartitionState(
            Clients(provider).Container(StoreNames.Partitions), provider.GetRequiredService<ILake>(), Of<AzureOptions>(provider).ClickLogPartitions));
        services.AddSingleton(provider => new ReplayMarks(Clients(provider).Container(StoreNames.Partitions), provider.GetRequiredService<TimeProvider>()));
        // Past the spool: what the hub does not take is asked for again, and never waits where nobody looks for it.
        services.AddSingleton<IQuarantine>(provider => new AzureQuarantine(
            provider.GetRequiredService<IPartitionStateStore>(), provider.GetRequiredKeyedService<IClickLog>(ClickHub), provider.GetRequiredService<IPartitionSource>(),
            provider.GetRequiredService<ReplayMarks>(), provider.GetRequiredService<TrafficJudge>(), Of<ProcessorOptions>(provider), new ReplayBounds(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<AzureQuarantine>>()));
        // A look asks each partition; a minute more is nothing to a click that was late by a quarter of an hour.
        services.AddSingleton<ILateClicks>(provider => new LateClickIndex(
            provider.GetRequiredService<IPartitionStateStore>(), Of<AzureOptions>(provider).ClickLogPartitions,
            TimeSpan.FromSeconds(CommitDocuments.SideOutputTtl), provider.GetRequiredService<TimeProvider>(), TimeSpan.FromMinutes(1)));
        services.AddSingleton(provider => new CosmosBudgets(Clients(provider).Container(StoreNames.Budgets)));
        services.AddSingleton<IBudgetStore>(provider => provider.GetRequiredService<CosmosBudgets>());
        services.AddSingleton<ISpendStore>(provider => provider.GetRequiredService<CosmosBudgets>());
        services.AddSingleton(provider => new CosmosBoard(Clients(provider).Container(StoreNames.Budgets)));
        services.AddSingleton(provider => new CosmosFlags(Clients(provider).Container(StoreNames.Flags)));

        services.AddSingleton<ICatalogStore>(provider => new TableCatalog(Clients(provider).Table(StoreNames.Catalog)));
        services.AddSingleton<IApiKeyStore>(provider => new TableApiKeys(Clients(provider).Table(StoreNames.ApiKeys)));
        services.AddSingleton<ISessionRevocations>(provider => new TableSessionRevocations(Clients(provider).Table(StoreNames.ApiKeys)));
        services.AddSingleton<ILedger>(provider => new TableLedger(Clients(provider).Table(StoreNames.Ledger)));
        services.AddOptions<KeyManagementOptions>().Configure<AzureClients>((keys, clients) => keys.XmlRepository = new TableSessionKeys(clients.Table(StoreNames.ApiKeys)));

        services.AddSingleton(provider => new KustoAnalytics(
            Clients(provider).Kusto(provider.GetRequiredService<IHttpClientFactory>().CreateClient("kusto")), Of<KustoOptions>(provider), Of<ProcessorOptions>(provider).IdleTimeout));
        services.AddSingleton<IAnalyticsStore>(provider => provider.GetRequiredService<KustoAnalytics>());
        services.AddSingleton<IAnalyticsTruth>(provider => provider.GetRequiredService<KustoAnalytics>());
        services.AddSingleton<IAnalyticsTiers>(provider => provider.GetRequiredService<KustoAnalytics>());
        services.AddSingleton<IAnalyticsStaging>(provider => provider.GetRequiredService<KustoAnalytics>());
        return services;
    }

    private static EventHubsClickLog Hub(IServiceProvider provider, string hub, int partitions, string log) =>
        new(Clients(provider).Producer(hub), partitions, Of<EventHubsClickLogOptions>(provider), log);

    private static EventHubsLogReader Source(IServiceProvider provider, string hub, int partitions) => new(Clients(provider).Consumer(hub), partitions);

    private static AzureClients Clients(IServiceProvider provider) => provider.GetRequiredService<AzureClients>();

    private static T Of<T>(IServiceProvider provider)
        where T : class => provider.GetRequiredService<IOptions<T>>().Value;
}

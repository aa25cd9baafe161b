using ClickFuncs.Analytics;
using ClickFuncs.Budgets;
using ClickFuncs.Functions.Cosmos;
using ClickFuncs.Functions.Counting;
using ClickFuncs.Functions.SecondStage;
using ClickFuncs.Log;
using ClickFuncs.Spool;
using ClickFuncs.Lake;
using ClickFuncs.Functions.Spool;
using ClickFuncs.Privacy;
using ClickFuncs.Processing;
using ClickFuncs.State;
using ClickFuncs.Velocity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Functions.Hosting;

/// <summary>The way of a click behind the endpoint: the log with its spool, counting, publishing, the second stage, and what redirects look at.</summary>
public static class AzureStream
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddAzureStream(this IServiceCollection services)
    {
        services.AddSingleton(provider => new AzureSpool(
            provider.GetRequiredKeyedService<ILake>(StoreNames.Spool), provider.GetRequiredKeyedService<IClickLog>(AzureStores.ClickHub),
            provider.GetRequiredService<IPartitionSource>(), Of<SpoolOptions>(provider), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IClickLog>(provider => provider.GetRequiredService<AzureSpool>().Clicks);
        services.AddHostedService(provider => provider.GetRequiredService<AzureSpool>());
        services.AddSingleton(provider => new SpoolAdoption(
            provider.GetRequiredKeyedService<ILake>(StoreNames.Spool), provider.GetRequiredKeyedService<IClickLog>(AzureStores.ClickHub),
            provider.GetRequiredService<IPartitionSource>(), Of<SpoolOptions>(provider), provider.GetRequiredService<AzureSpool>().Owner,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));

        services.AddSingleton(provider => new RowPublisher(
            provider.GetRequiredService<IAnalyticsStore>(), Of<StreamOptions>(provider), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RowPublisher>>()));
        services.AddHostedService<RowPublishing>();
        services.AddSingleton<IRowPublisher>(provider => new SecondStagePublisher(
            provider.GetRequiredKeyedService<IClickLog>(SecondStageFunctions.SpendLog), provider.GetRequiredKeyedService<IClickLog>(SecondStageFunctions.SignalLog),
            provider.GetRequiredService<RowPublisher>()));

        services.AddSingleton(provider => new IdentityKeys(Convert.FromBase64String(Of<AzureOptions>(provider).IdentitySecret)));
        services.AddSingleton(provider => new FlagBoard(Of<VelocityOptions>(provider).MaxFlags));
        services.AddSingleton(provider => new VelocityJudge(
            Of<VelocityOptions>(provider), provider.GetRequiredService<IdentityKeys>(), provider.GetRequiredService<FlagBoard>()));
        services.AddSingleton<BudgetBoard>();
        services.AddHostedService<BoardRefresh>();

        services.AddSingleton(provider => new PartitionDeliveries(
            provider.GetRequiredService<IPartitionSource>(), provider.GetRequiredService<IPartitionStateStore>(), provider.GetRequiredService<IRowPublisher>(),
            Of<ProcessorOptions>(provider), Of<StreamOptions>(provider), provider.GetRequiredService<TimeProvider>(),
            $"{Environment.MachineName}:{Environment.ProcessId}",
            new SignalCollector(provider.GetRequiredService<IdentityKeys>(), Of<VelocityOptions>(provider).Window)));
        services.AddSingleton(provider => new VelocityDeliveries(
            provider.GetRequiredKeyedService<IPartitionSource>(SecondStageFunctions.SignalLog), provider.GetRequiredService<CosmosFlags>(),
            provider.GetRequiredService<FlagBoard>(), Of<VelocityOptions>(provider)));
        services.AddSingleton(provider => new SpendDeliveries(
            provider.GetRequiredKeyedService<IPartitionSource>(SecondStageFunctions.SpendLog), Of<AzureOptions>(provider).ClickLogPartitions,
            provider.GetRequiredService<ISpendStore>(), provider.GetRequiredService<IBudgetStore>(), provider.GetRequiredService<BudgetBoard>(),
            provider.GetRequiredService<CosmosBoard>().ShowAsync, Of<BudgetOptions>(provider), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    private static T Of<T>(IServiceProvider provider)
        where T : class => provider.GetRequiredService<IOptions<T>>().Value;
}

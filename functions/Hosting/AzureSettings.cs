using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Upkeep;
using ClickFuncs.Functions.EventHubs;
using ClickFuncs.Functions.Kusto;
using ClickFuncs.Processing;
using ClickFuncs.Spool;
using ClickFuncs.Velocity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Functions.Hosting;

/// <summary>The app's options, each checked when the worker starts: a wrong setting keeps it from taking a single click.</summary>
public static class AzureSettings
{
    /// <summary>Registers them.</summary>
    public static IServiceCollection AddAzureSettings(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Add<AzureOptions>(services, "Azure");
        Add<KustoOptions>(services, "Kusto");
        Add<EventHubsClickLogOptions>(services, "EventHubs");
        Add<SpoolOptions>(services, "Spool");
        Add<ProcessorOptions>(services, "Processor");
        Add<StreamOptions>(services, "Stream");
        Add<VelocityOptions>(services, "Velocity");
        Add<ArchiveOptions>(services, "Archive");
        Add<CloseOptions>(services, "Close");
        Add<ReconciliationOptions>(services, "Reconciliation");
        Add<UpkeepOptions>(services, "Upkeep");
        Add<BatchOptions>(services, "Batch");
        services.AddOptions<HubNames>().Configure(hubs => hubs.Read(configuration)).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }

    private static void Add<T>(IServiceCollection services, string section)
        where T : class => services.AddOptions<T>().BindConfiguration($"ClickFuncs:{section}").ValidateDataAnnotations().ValidateOnStart();
}

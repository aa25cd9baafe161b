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
using Microsoft.Extensions.Options;

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

    /// <summary>
    /// Checks all of them at once. The host would do so too, but only after it has made its services, and the first of these that needs a setting
    /// fails with that one alone: whoever deploys would learn of the missing ones start by start.
    /// </summary>
    /// <exception cref="AggregateException">Several are missing or wrong; each is named.</exception>
    /// <exception cref="OptionsValidationException">One is.</exception>
    public static void RequireSettings(this IServiceProvider services) => services.GetRequiredService<IStartupValidator>().Validate();

    private static void Add<T>(IServiceCollection services, string section)
        where T : class => services.AddOptions<T>().BindConfiguration($"ClickFuncs:{section}").ValidateDataAnnotations().ValidateOnStart();
}

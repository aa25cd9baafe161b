using ClickFuncs.Api.Operations;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Budgets;
using ClickFuncs.Functions.Counting;
using ClickFuncs.Functions.Cosmos;
using ClickFuncs.Functions.Health;
using ClickFuncs.Functions.Operations;
using ClickFuncs.Functions.Spool;
using ClickFuncs.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Functions.Hosting;

/// <summary>What whoever runs the system is shown: by the watch for all instances, by health checks for this one.</summary>
public static class AzureOperations
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddAzureOperations(this IServiceCollection services)
    {
        services.AddSingleton(provider => new CosmosOperations(provider.GetRequiredService<AzureClients>().Container(StoreNames.Partitions)));
        // A board of its own: one tells each decision once, to whoever asks first.
        services.AddSingleton(provider => new OperationsWatch(
            provider.GetRequiredService<IPartitionSource>(), provider.GetRequiredService<IPartitionStateStore>(), provider.GetRequiredService<SpoolAdoption>(),
            new CosmosBoard(provider.GetRequiredService<AzureClients>().Container(StoreNames.Budgets)), provider.GetRequiredService<CosmosOperations>(),
            provider.GetRequiredService<IReadOnlyList<WorkflowSchedule>>(), provider.GetRequiredService<IOptions<BudgetOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<OperationsWatch>>()));
        services.AddSingleton<SharedOperations>();
        services.AddSingleton<IOperationsSource>(provider => provider.GetRequiredService<SharedOperations>());
        services.AddHostedService<OperationsGauges>();
        services.AddHealthChecks().AddCheck<AzureSpoolHealthCheck>("spool").AddCheck<AzureStreamHealthCheck>("stream");
        return services;
    }
}

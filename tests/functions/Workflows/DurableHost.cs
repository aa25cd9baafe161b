using ClickFuncs.Batch.Workflows;
using ClickFuncs.Functions.Workflows;
using ClickFuncs.Testing.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Functions.Tests.Workflows;

/// <summary>The vendor's in-process host with the app's two functions registered.</summary>
internal static class DurableHost
{
    private const int Tries = 10;

    /// <summary>Starts it. By itself the host takes a random port without asking whether it is free; here it is given one, and one that is lost to somebody else is followed by another.</summary>
    public static async Task<DurableTaskTestHost> StartAsync(WorkflowCatalog catalog)
    {
        var functions = new WorkflowFunctions(catalog, NullLogger<WorkflowFunctions>.Instance);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await DurableTaskTestHost.StartAsync(
                    tasks => tasks
                        .AddOrchestratorFunc<WorkflowStart, string>(WorkflowFunctions.WorkflowName, (context, _) => functions.RunWorkflowAsync(context))
                        .AddActivityFunc<ActivityCall, ActivityAnswer>(
                            WorkflowFunctions.ActivityName, (_, call) => functions.RunActivityAsync(call, CancellationToken.None)),
                    new DurableTaskTestHostOptions { Port = FreePort.Find() });
            }
            catch (IOException failure) when (failure.InnerException is AddressInUseException && attempt < Tries)
            {
                // Another program took the port in between.
            }
        }
    }
}

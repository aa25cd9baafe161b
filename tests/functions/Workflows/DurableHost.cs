using System.Net;
using System.Net.Sockets;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Functions.Workflows;
using Microsoft.AspNetCore.Connections;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Functions.Tests.Workflows;

/// <summary>The vendor's in-process host with the app's two functions registered.</summary>
internal static class DurableHost
{
    private const int Tries = 10;

    /// <summary>Starts it. By itself the host takes a random port without asking whether it is free; here the system names one, and one that is lost to somebody else is followed by another.</summary>
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
                    new DurableTaskTestHostOptions { Port = FreePort() });
            }
            catch (IOException failure) when (failure.InnerException is AddressInUseException && attempt < Tries)
            {
                // Another program took the port in between.
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}

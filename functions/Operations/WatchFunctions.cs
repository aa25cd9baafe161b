using ClickFuncs.Batch.Workflows;
using ClickFuncs.Functions.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ClickFuncs.Functions.Operations;

/// <summary>Has the watch look. The timer fires on one instance only.</summary>
public sealed class WatchFunctions(OperationsWatch watch, WorkflowCatalog catalog)
{
    /// <summary>Every 15 seconds.</summary>
    [Function("WatchOperations")]
    public Task WatchOperationsAsync(
        [TimerTrigger("*/15 * * * * *", UseMonitor = false)] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        watch.LookAsync(new DurableWorkflowClient(client, catalog), cancellationToken);
}

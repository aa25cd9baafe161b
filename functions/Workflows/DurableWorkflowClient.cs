using System.Text.Json;
using ClickFuncs.Batch.Workflows;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using DurableTask.Core.Exceptions;

namespace ClickFuncs.Functions.Workflows;

/// <summary>Starts, follows and cancels runs on Durable Functions. Steps done are not told there: <see cref="WorkflowStatus.StepsDone"/> is 0.</summary>
/// <param name="client">The vendor's client; it belongs to one invocation.</param>
/// <param name="catalog">What may be started.</param>
public sealed class DurableWorkflowClient(DurableTaskClient client, WorkflowCatalog catalog) : IWorkflowClient
{
    private static readonly OrchestrationRuntimeStatus[] UnderWay =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <inheritdoc/>
    public async Task<StartResult> StartAsync<TIn, TOut>(
        Workflow<TIn, TOut> workflow, string instanceId, TIn input, StartPolicy policy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        InstanceIds.Check(instanceId);
        if (!catalog.HasWorkflow(workflow.Name))
            throw new ArgumentException($"There is no workflow '{workflow.Name}' in the catalog; add it where the app is composed.", nameof(workflow));
        var json = WorkflowJson.Write(input, $"The input of workflow '{workflow.Name}'");
        var before = await GetAsync(instanceId, cancellationToken);
        if (before is { HasEnded: false })
            return new StartResult(StartOutcome.AlreadyRunning, before);
        if (before is not null && policy == StartPolicy.OnlyOnce)
            return new StartResult(StartOutcome.AlreadyEnded, before);
        var start = new WorkflowStart(workflow.Name, (before?.Execution ?? 0) + 1, json);
        try
        {
            // Without this Durable would end and replace a run that somebody began since it was looked for.
            var options = new StartOrchestrationOptions(instanceId).WithDedupeStatuses(UnderWay);
            await client.ScheduleNewOrchestrationInstanceAsync(WorkflowFunctions.WorkflowName, start, options, cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return new StartResult(StartOutcome.AlreadyRunning, await RequireAsync(instanceId, cancellationToken));
        }

        return new StartResult(StartOutcome.Started, await RequireAsync(instanceId, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<WorkflowStatus?> GetAsync(string instanceId, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellationToken) is { } found ? DurableStatus.Of(found) : null;

    /// <inheritdoc/>
    /// <remarks>Durable lists in no order that can be relied on, so all ids of the prefix are looked through: days, not millions.</remarks>
    public async Task<WorkflowPage> ListAsync(string prefix, int limit, string? continuation, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var runs = new List<OrchestrationMetadata>();
        await foreach (var run in client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: prefix, FetchInputsAndOutputs: true)).WithCancellation(cancellationToken))
        {
            if (run.Name == WorkflowFunctions.WorkflowName && (continuation is null || string.CompareOrdinal(run.InstanceId, continuation) < 0))
                runs.Add(run);
        }

        runs.Sort((a, b) => string.CompareOrdinal(b.InstanceId, a.InstanceId));
        WorkflowStatus[] page = [.. runs.Take(limit).Select(DurableStatus.Of)];
        return new WorkflowPage(page, runs.Count > limit ? page[^1].InstanceId : null);
    }

    /// <inheritdoc/>
    public async Task<bool> CancelAsync(string instanceId, string reason, CancellationToken cancellationToken)
    {
        if (await GetAsync(instanceId, cancellationToken) is not { HasEnded: false })
            return false;
        var why = FailureDetails.Cancelled(reason).Message;
        await client.TerminateInstanceAsync(instanceId, new TerminateInstanceOptions(why, Recursive: true), cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    public async Task<WorkflowStatus> WaitAsync(string instanceId, CancellationToken cancellationToken)
    {
        var status = await GetAsync(instanceId, cancellationToken) ?? throw new KeyNotFoundException($"There is no run '{instanceId}'.");
        return status.HasEnded
            ? status
            : DurableStatus.Of(await client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, cancellationToken));
    }

    private async Task<WorkflowStatus> RequireAsync(string instanceId, CancellationToken cancellationToken) =>
        await GetAsync(instanceId, cancellationToken)
        ?? throw new InvalidOperationException($"The run '{instanceId}' was begun and is not there. Start it again.");
}

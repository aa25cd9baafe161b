using System.Text.Json;
using ClickFuncs.Batch.Workflows;
using Microsoft.DurableTask;

namespace ClickFuncs.Functions.Workflows;

/// <summary>
/// What a workflow may do, on Durable Functions. The workflow's code is the same as on one machine, and makes the same calls in the
/// same order; steps are numbered as there. Tries are counted here rather than by Durable's own policy, so that an activity is told which one it is.
/// </summary>
/// <param name="context">The orchestration.</param>
/// <param name="catalog">Has what may be called.</param>
/// <param name="execution">Which execution of the id it is.</param>
public sealed class DurableWorkflowContext(TaskOrchestrationContext context, WorkflowCatalog catalog, int execution) : IWorkflowContext
{
    private int _steps;

    /// <inheritdoc/>
    public string InstanceId => context.InstanceId;

    /// <inheritdoc/>
    public DateTimeOffset Now => Utc(context.CurrentUtcDateTime);

    /// <inheritdoc/>
    public bool IsReplaying => context.IsReplaying;

    /// <inheritdoc/>
    public Guid NewGuid() => context.NewGuid();

    /// <inheritdoc/>
    public Task<TOut> CallAsync<TIn, TOut>(Activity<TIn, TOut> activity, TIn input)
    {
        ArgumentNullException.ThrowIfNull(activity);
        if (!catalog.HasActivity(activity.Name))
            throw new InvalidOperationException($"Activity '{activity.Name}' is not bound in the catalog; bind it where the app is composed.");
        var json = WorkflowJson.Write(input, $"The input of activity '{activity.Name}'");
        return CallAsync<TOut>(new ActivityCall(activity.Name, InstanceId, execution, _steps++, 1, json), activity.Retry);
    }

    /// <inheritdoc/>
    public Task DelayUntilAsync(DateTimeOffset due)
    {
        _steps++;
        return context.CreateTimer(due.UtcDateTime, CancellationToken.None);
    }

    /// <inheritdoc/>
    /// <remarks>Durable has no word for a run of that id which somebody else began: it would be replaced. Ids are made from the parent's id.</remarks>
    public Task<TOut> CallWorkflowAsync<TIn, TOut>(Workflow<TIn, TOut> child, string instanceId, TIn input)
    {
        ArgumentNullException.ThrowIfNull(child);
        InstanceIds.Check(instanceId);
        if (!catalog.HasWorkflow(child.Name))
            throw new InvalidOperationException($"There is no workflow '{child.Name}' in the catalog; add it where the app is composed.");
        _steps++;
        var json = WorkflowJson.Write(input, $"The input of workflow '{child.Name}'");
        return CallWorkflowAsync<TOut>(new WorkflowStart(child.Name, execution, json), instanceId);
    }

    /// <inheritdoc/>
    public void SetStatus<T>(T status) =>
        context.SetCustomStatus(JsonElement.Parse(WorkflowJson.Write(status, $"The status of run '{InstanceId}'", WorkflowJson.MaxStatusBytes)));

    private async Task<TOut> CallAsync<TOut>(ActivityCall call, Batch.Workflows.RetryPolicy retry)
    {
        while (true)
        {
            var answer = await TryAsync(call);
            if (answer.Failure is not { } failure)
                return WorkflowJson.Read<TOut>(answer.Output ?? "null", $"the output of activity '{call.Activity}'");
            if (answer.IsFinal || call.Attempt >= retry.Attempts)
                throw new ActivityFailedException(call.Activity, call.Step, failure);
            await context.CreateTimer(context.CurrentUtcDateTime + retry.DelayAfter(call.Attempt), CancellationToken.None);
            call = call with { Attempt = call.Attempt + 1 };
        }
    }

    private async Task<ActivityAnswer> TryAsync(ActivityCall call)
    {
        try
        {
            return await context.CallActivityAsync<ActivityAnswer>(WorkflowFunctions.ActivityName, call);
        }
        catch (TaskFailedException failure)
        {
            // The function itself did not get to answer: its worker could not load it, or was stopped in it. That is worth another try.
            return new ActivityAnswer(null, new FailureDetails(failure.FailureDetails.ErrorType, failure.FailureDetails.ErrorMessage), IsFinal: false);
        }
    }

    private async Task<TOut> CallWorkflowAsync<TOut>(WorkflowStart start, string instanceId)
    {
        try
        {
            var output = await context.CallSubOrchestratorAsync<string>(
                WorkflowFunctions.WorkflowName, start, new SubOrchestrationOptions(new TaskOptions(), instanceId));
            return WorkflowJson.Read<TOut>(output, $"the output of workflow '{start.Workflow}'");
        }
        catch (TaskFailedException failure)
        {
            throw new WorkflowFailedException(
                start.Workflow, instanceId, new FailureDetails(failure.FailureDetails.ErrorType, failure.FailureDetails.ErrorMessage));
        }
    }

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}

using ClickFuncs.Batch.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Functions.Workflows;

/// <summary>
/// One orchestration and one activity run every workflow of the catalog: which one, the input says. So what the catalog has can be
/// run, and a new workflow needs no new function.
/// </summary>
public sealed partial class WorkflowFunctions(WorkflowCatalog catalog, ILogger<WorkflowFunctions> logger)
{
    /// <summary>Name of the orchestration.</summary>
    public const string WorkflowName = "RunWorkflow";

    /// <summary>Name of the activity.</summary>
    public const string ActivityName = "RunActivity";

    /// <summary>Runs a workflow, from the start or from its history. Gives its output as JSON.</summary>
    [Function(WorkflowName)]
    public Task<string> RunWorkflowAsync([OrchestrationTrigger] TaskOrchestrationContext context) => RunAsync(catalog, context);

    /// <summary>Runs one try of an activity.</summary>
    [Function(ActivityName)]
    public async Task<ActivityAnswer> RunActivityAsync([ActivityTrigger] ActivityCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        var context = new ActivityContext(call.InstanceId, call.Execution, call.Step, call.Attempt, cancellationToken);
        try
        {
            return ActivityAnswer.Of(await catalog.RunActivityAsync(call.Activity, call.Input, context));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The worker stops: Durable gives the same try to another one.
            throw;
        }
        catch (Exception failure)
        {
            LogAttemptFailed(failure, call.Activity, call.Step, call.InstanceId, call.Attempt);
            return ActivityAnswer.Of(failure);
        }
    }

    /// <summary>Runs the workflow that an orchestration's input names.</summary>
    /// <exception cref="InvalidOperationException">The orchestration was started without input.</exception>
    public static Task<string> RunAsync(WorkflowCatalog catalog, TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(context);
        var start = context.GetInput<WorkflowStart>()
            ?? throw new InvalidOperationException($"The orchestration '{context.InstanceId}' was started without saying which workflow.");
        return catalog.RunWorkflowAsync(start.Workflow, new DurableWorkflowContext(context, catalog, start.Execution), start.Input);
    }

    [LoggerMessage(8101, LogLevel.Error, "Activity {Activity} (step {Step} of {InstanceId}) failed in try {Attempt}.")]
    private partial void LogAttemptFailed(Exception failure, string activity, int step, string instanceId, int attempt);
}

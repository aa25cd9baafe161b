using System.Text.Json;
using ClickFuncs.Batch.Workflows;
using Microsoft.DurableTask.Client;

namespace ClickFuncs.Functions.Workflows;

/// <summary>What Durable says of an orchestration, in the words of the workflow port. Pure.</summary>
public static class DurableStatus
{
    /// <summary>The status of a run.</summary>
    /// <exception cref="InvalidDataException">It is no run of a workflow.</exception>
    public static WorkflowStatus Of(OrchestrationMetadata run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var start = run.SerializedInput is null ? null : run.ReadInputAs<WorkflowStart>();
        if (start is null)
            throw new InvalidDataException($"The orchestration '{run.InstanceId}' is no run of a workflow.");
        return new WorkflowStatus
        {
            InstanceId = run.InstanceId,
            Execution = start.Execution,
            Workflow = start.Workflow,
            State = StateOf(run.RuntimeStatus),
            CreatedAt = run.CreatedAt,
            UpdatedAt = run.LastUpdatedAt,
            Input = start.Input,
            CustomStatus = string.IsNullOrEmpty(run.SerializedCustomStatus) ? null : run.SerializedCustomStatus,
            Output = run.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? run.ReadOutputAs<string>() : null,
            Failure = FailureOf(run),
        };
    }

    private static WorkflowState StateOf(OrchestrationRuntimeStatus status) => status switch
    {
        OrchestrationRuntimeStatus.Pending => WorkflowState.Pending,
        OrchestrationRuntimeStatus.Completed => WorkflowState.Completed,
        OrchestrationRuntimeStatus.Failed => WorkflowState.Failed,
        OrchestrationRuntimeStatus.Terminated => WorkflowState.Cancelled,
        _ => WorkflowState.Running,
    };

    private static FailureDetails? FailureOf(OrchestrationMetadata run) => run.RuntimeStatus switch
    {
        OrchestrationRuntimeStatus.Failed when run.FailureDetails is { } failure => new FailureDetails(failure.ErrorType, failure.ErrorMessage),
        OrchestrationRuntimeStatus.Failed => new FailureDetails("Unknown", "Durable Functions did not say why."),
        OrchestrationRuntimeStatus.Terminated => FailureDetails.Cancelled(ReasonOf(run.SerializedOutput)),
        _ => null,
    };

    // The reason as it was given: a JSON text, or the bare text where the backend does not wrap it.
    private static string ReasonOf(string? output)
    {
        if (string.IsNullOrEmpty(output))
            return "No reason was given.";
        try
        {
            return JsonSerializer.Deserialize<string>(output) ?? output;
        }
        catch (JsonException)
        {
            return output;
        }
    }
}

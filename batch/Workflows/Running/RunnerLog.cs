using ClickFuncs.Telemetry;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Batch.Workflows.Running;

/// <summary>What the runner tells people.</summary>
internal sealed partial class RunnerLog(ILogger logger)
{
    /// <summary>An execution began.</summary>
    public void Started(WorkflowStatus status) => LogStarted(status.InstanceId, status.Execution, status.Workflow);

    /// <summary>An execution ended.</summary>
    public void Ended(WorkflowStatus status)
    {
        WorkflowInstruments.RunsEnded.Add(1, new("workflow", status.Workflow), new("state", status.State.ToString().ToLowerInvariant()));
        var took = status.UpdatedAt - status.CreatedAt;
        if (status.State == WorkflowState.Completed)
            LogCompleted(status.InstanceId, status.Execution, status.StepsDone, took);
        else if (status.State == WorkflowState.Cancelled)
            LogCancelled(status.InstanceId, status.Execution, status.Failure!.Message);
        else
            LogFailed(status.InstanceId, status.Execution, status.StepsDone, status.Failure!.Message);
    }

    [LoggerMessage(6101, LogLevel.Information, "Run {InstanceId} ({Execution}) of workflow {Workflow} started.")]
    private partial void LogStarted(string instanceId, int execution, string workflow);

    [LoggerMessage(6102, LogLevel.Information, "Workflow {Workflow} resumes as {InstanceId} after {StepsDone} steps, with {Waiting} under way.")]
    public partial void Resumed(string workflow, string instanceId, int stepsDone, int waiting);

    [LoggerMessage(6103, LogLevel.Information, "Run {InstanceId} ({Execution}) completed with {StepsDone} steps, {Took} after its start.")]
    private partial void LogCompleted(string instanceId, int execution, int stepsDone, TimeSpan took);

    [LoggerMessage(6104, LogLevel.Warning, "Run {InstanceId} ({Execution}) was cancelled: {Reason}")]
    private partial void LogCancelled(string instanceId, int execution, string reason);

    [LoggerMessage(6105, LogLevel.Error, "Run {InstanceId} ({Execution}) failed after {StepsDone} steps: {Failure}")]
    private partial void LogFailed(string instanceId, int execution, int stepsDone, string failure);

    [LoggerMessage(6106, LogLevel.Warning, "Activity {Activity} (step {Step} of {InstanceId}) failed, try {Attempt} of {Attempts}.")]
    public partial void AttemptFailed(Exception failure, string activity, int step, string instanceId, int attempt, int attempts);

    [LoggerMessage(6107, LogLevel.Warning, "Step {Step} of {InstanceId} failed for good: {Failure}")]
    public partial void StepFailed(string instanceId, int step, string failure);

    [LoggerMessage(6108, LogLevel.Warning, "Run {InstanceId} ends while {Steps} of its steps are under way; they are stopped.")]
    public partial void CutOff(string instanceId, int steps);

    [LoggerMessage(6109, LogLevel.Error, "Run {InstanceId} can't go on, its journal failed; it is resumed from there in {Rest}.")]
    public partial void JournalFailed(Exception failure, string instanceId, TimeSpan rest);

    [LoggerMessage(6110, LogLevel.Critical, "Another process owns the workflow journal now; this one runs no workflow any more.")]
    public partial void TakenOver(Exception conflict);

    [LoggerMessage(6111, LogLevel.Error, "Nobody runs {InstanceId}: this program has no workflow {Workflow}. Run the version that has, or cancel the run.")]
    public partial void Unknown(string workflow, string instanceId);

    [LoggerMessage(6112, LogLevel.Information, "Retention deleted {Executions} ended executions.")]
    public partial void Retained(int executions);

    [LoggerMessage(6113, LogLevel.Error, "Retention of ended executions failed; it is tried again in {Rest}.")]
    public partial void RetentionFailed(Exception failure, TimeSpan rest);
}

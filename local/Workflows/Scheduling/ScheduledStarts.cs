using ClickFuncs.Batch.Workflows;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Workflows.Scheduling;

/// <summary>
/// Starts what is due. It asks not which firing woke it but whether the runs of the last firings are there, so that one that was
/// missed, because nothing ran or the machine slept, is made up for by the next question.
/// </summary>
internal sealed partial class ScheduledStarts(
    IReadOnlyList<WorkflowSchedule> schedules, IWorkflowClient client, TimeProvider time, ILogger<ScheduledStarts> logger)
{
    /// <summary>The schedules.</summary>
    public IReadOnlyList<WorkflowSchedule> Schedules => schedules;

    /// <summary>Starts the runs of a schedule's last firings that are missing.</summary>
    public async Task StartDueAsync(string name, CancellationToken cancellationToken)
    {
        var schedule = schedules.Single(schedule => schedule.Name == name);
        foreach (var due in CronTimes.LastDue(CronTimes.Parse(schedule), time.GetUtcNow(), schedule.CatchUp))
        {
            var result = await schedule.StartAsync(client, due, cancellationToken);
            if (result.Outcome == StartOutcome.Started)
                LogStarted(name, due, result.Status.InstanceId);
            else
                LogThere(name, due, result.Status.InstanceId, result.Status.State);
        }
    }

    [LoggerMessage(6120, LogLevel.Information, "Schedule {Schedule}, due at {Due}, started {InstanceId}.")]
    private partial void LogStarted(string schedule, DateTimeOffset due, string instanceId);

    [LoggerMessage(6121, LogLevel.Debug, "Schedule {Schedule}, due at {Due}: {InstanceId} is there already, {State}.")]
    private partial void LogThere(string schedule, DateTimeOffset due, string instanceId, WorkflowState state);
}

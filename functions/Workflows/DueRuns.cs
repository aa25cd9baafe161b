using ClickFuncs.Batch.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Quartz;

namespace ClickFuncs.Functions.Workflows;

/// <summary>
/// Starts what is due. It asks whether the runs of the last firings are there, not which firing woke it: one that was missed is made up for by
/// the next question, and one that is there is left alone, since its id says which firing it was.
/// </summary>
public sealed partial class DueRuns(IReadOnlyList<WorkflowSchedule> schedules, WorkflowCatalog catalog, TimeProvider time, ILogger<DueRuns> logger)
{
    /// <summary>Asks for every schedule.</summary>
    [Function("StartDueRuns")]
    public async Task RunAsync(
        [TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var workflows = new DurableWorkflowClient(client, catalog);
        foreach (var schedule in schedules)
        {
            foreach (var due in LastDue(schedule, time.GetUtcNow()))
            {
                var result = await schedule.StartAsync(workflows, due, cancellationToken);
                if (result.Outcome == StartOutcome.Started)
                    LogStarted(schedule.Name, due, result.Status.InstanceId);
            }
        }
    }

    /// <summary>The last times a schedule fired or should have, oldest first. Pure.</summary>
    public static IReadOnlyList<DateTimeOffset> LastDue(WorkflowSchedule schedule, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var cron = CronExpression.Parse(schedule.Cron, CronFormat.Unix).WithTimeZone(TimeZoneInfo.Utc);
        var found = new List<DateTimeOffset>();
        // The search is for times strictly before one, to the second.
        for (var before = now.AddSeconds(1); found.Count < schedule.CatchUp && cron.GetPreviousValidTimeBefore(before) is { } due; before = due)
            found.Insert(0, due);
        return found;
    }

    [LoggerMessage(8102, LogLevel.Information, "Schedule {Schedule}, due at {Due}, started {InstanceId}.")]
    private partial void LogStarted(string schedule, DateTimeOffset due, string instanceId);
}

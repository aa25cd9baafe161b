using Microsoft.Extensions.Logging;
using Quartz;

namespace ClickFuncs.Local.Workflows.Scheduling;

/// <summary>What Quartz runs when a schedule fires; the job's key is the schedule's name.</summary>
[DisallowConcurrentExecution]
internal sealed partial class ScheduledStartJob(ScheduledStarts starts, ILogger<ScheduledStartJob> logger) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var schedule = context.JobDetail.Key.Name;
        try
        {
            await starts.StartDueAsync(schedule, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Thrown on, so that Quartz tries again by its policy; after the last try the next firing makes up for it.
            LogFailed(failure, schedule);
            throw;
        }
    }

    [LoggerMessage(6122, LogLevel.Error, "Schedule {Schedule} could not start its run; this is tried again.")]
    private partial void LogFailed(Exception failure, string schedule);
}

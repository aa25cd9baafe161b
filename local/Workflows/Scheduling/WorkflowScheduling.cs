using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace ClickFuncs.Local.Workflows.Scheduling;

/// <summary>Puts schedules on Quartz.</summary>
internal static class WorkflowScheduling
{
    private static readonly RetryPolicy Retry = RetryPolicy.Exponential(6, TimeSpan.FromSeconds(5), 3, TimeSpan.FromMinutes(10));

    /// <summary>Adds a scheduler that runs while the host does. It remembers nothing: what was missed is seen by the runs that are missing.</summary>
    /// <exception cref="ArgumentException">A schedule's cron expression can't be read.</exception>
    public static IServiceCollection AddWorkflowSchedules(this IServiceCollection services, ScheduledStarts starts)
    {
        if (starts.Schedules.Count == 0)
            return services;
        services.AddSingleton(starts);
        services.AddQuartz(quartz =>
        {
            quartz.UseInMemoryStore();
            quartz.UseDefaultRetryPolicy(Retry);
            foreach (var schedule in starts.Schedules)
            {
                var (key, cron) = (new JobKey(schedule.Name), CronTimes.Parse(schedule));
                quartz.AddJob<ScheduledStartJob>(job => job.WithIdentity(key).StoreDurably());
                quartz.AddTrigger(trigger => trigger.ForJob(key).WithIdentity(schedule.Name).WithCronSchedule(cron));
                quartz.RunAtStartup(key);
            }
        });
        return services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
    }
}

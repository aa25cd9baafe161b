using ClickFuncs.Batch.Workflows;
using Quartz;

namespace ClickFuncs.Local.Workflows.Scheduling;

/// <summary>When a schedule fires. Pure.</summary>
internal static class CronTimes
{
    /// <summary>The schedule's cron expression, in UTC.</summary>
    /// <exception cref="ArgumentException">It is none of five fields; the message names the schedule.</exception>
    public static CronExpression Parse(WorkflowSchedule schedule)
    {
        try
        {
            return CronExpression.Parse(schedule.Cron, CronFormat.Unix).WithTimeZone(TimeZoneInfo.Utc);
        }
        catch (FormatException failure)
        {
            throw new ArgumentException(
                $"Schedule '{schedule.Name}' fires at '{schedule.Cron}', which is no crontab time of five fields: {failure.Message}", nameof(schedule), failure);
        }
    }

    /// <summary>The last times a schedule fired or should have, oldest first.</summary>
    /// <param name="cron">When it fires.</param>
    /// <param name="now">The end, inclusive.</param>
    /// <param name="count">How many at most.</param>
    public static IReadOnlyList<DateTimeOffset> LastDue(CronExpression cron, DateTimeOffset now, int count)
    {
        var found = new List<DateTimeOffset>();
        // The search is for times strictly before one, to the second.
        for (var before = now.AddSeconds(1); found.Count < count && cron.GetPreviousValidTimeBefore(before) is { } due; before = due)
            found.Insert(0, due);
        return found;
    }
}

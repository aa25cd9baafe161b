using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Batch.Close;

/// <summary>When the close starts by itself, under the same names on every host.</summary>
public static class CloseSchedules
{
    /// <summary>Every night the day before, and the days before it that events have come for since.</summary>
    public static WorkflowSchedule Nightly(CloseOptions close)
    {
        ArgumentNullException.ThrowIfNull(close);
        return WorkflowSchedule.For(
            "nightly", close.Schedule, new NightlyWorkflow(close), due => NightlyWorkflow.IdOf(DayBefore(due)), due => new CloseRequest(DayBefore(due)));
    }

    /// <summary>Every hour what was archived becomes parts, so that the night finds little left to do.</summary>
    public static WorkflowSchedule Hourly() => WorkflowSchedule.For(
        "compaction", "7 * * * *", new HourlyWorkflow(), HourlyWorkflow.IdOf, due => new CloseRequest(DateOnly.FromDateTime(due.UtcDateTime)));

    private static DateOnly DayBefore(DateTimeOffset due) => DateOnly.FromDateTime(due.UtcDateTime).AddDays(-1);
}

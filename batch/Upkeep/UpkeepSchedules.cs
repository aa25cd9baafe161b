using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Batch.Upkeep;

/// <summary>When rollup and retention start by themselves, under the same names on every host.</summary>
public static class UpkeepSchedules
{
    /// <summary>Every hour the counts of the hour before.</summary>
    public static WorkflowSchedule Rollup(UpkeepOptions upkeep)
    {
        ArgumentNullException.ThrowIfNull(upkeep);
        return WorkflowSchedule.For("rollup", upkeep.RollupSchedule, new RollupWorkflow(), RollupWorkflow.IdOf, due => new UpkeepRequest(due));
    }

    /// <summary>Every day what has served its time.</summary>
    public static WorkflowSchedule Retention(UpkeepOptions upkeep)
    {
        ArgumentNullException.ThrowIfNull(upkeep);
        return WorkflowSchedule.For("retention", upkeep.RetentionSchedule, new RetentionWorkflow(), RetentionWorkflow.IdOf, due => new UpkeepRequest(due));
    }
}

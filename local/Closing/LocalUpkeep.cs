using ClickFuncs.Batch.Retirement;
using ClickFuncs.Batch.Upkeep;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Local.Hosting;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Closing;

/// <summary>Rollup and retention on one machine: the workflows over this machine's stores, and when they start by themselves.</summary>
internal static class LocalUpkeep
{
    /// <summary>Adds rollup and retention to a catalog of workflows.</summary>
    public static void Bind(WorkflowCatalog catalog, LocalNode node, DataDirectory directory, LocalOptions options, ILoggerFactory loggers)
    {
        var archive = new ArchiveRetirement(
            node.Lake, options.Archive.ToHub(), options.Archive.RetainFor, LocalClose.ScratchOf(directory, options), loggers.CreateLogger<ArchiveRetirement>());
        new UpkeepActivities(node.Analytics, archive, options.Processor.AllowedLateness).Bind(catalog);
    }

    /// <summary>Every hour the counts of the hour before.</summary>
    public static WorkflowSchedule Rollup(LocalOptions options) => WorkflowSchedule.For(
        "rollup", options.Upkeep.RollupSchedule, new RollupWorkflow(), RollupWorkflow.IdOf, due => new UpkeepRequest(due));

    /// <summary>Every day what has served its time.</summary>
    public static WorkflowSchedule Retention(LocalOptions options) => WorkflowSchedule.For(
        "retention", options.Upkeep.RetentionSchedule, new RetentionWorkflow(), RetentionWorkflow.IdOf, due => new UpkeepRequest(due));
}

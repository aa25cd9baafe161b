using ClickFuncs.Batch.Retirement;
using ClickFuncs.Batch.Upkeep;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Local.Hosting;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Closing;

/// <summary>Rollup and retention on one machine: the workflows over this machine's stores.</summary>
internal static class LocalUpkeep
{
    /// <summary>Adds rollup and retention to a catalog of workflows.</summary>
    public static void Bind(WorkflowCatalog catalog, LocalNode node, DataDirectory directory, LocalOptions options, ILoggerFactory loggers)
    {
        var archive = new ArchiveRetirement(
            node.Lake, options.Archive.ToHub(), options.Archive.RetainFor, LocalClose.ScratchOf(directory, options), loggers.CreateLogger<ArchiveRetirement>());
        new UpkeepActivities(node.Analytics, archive, options.Processor.AllowedLateness).Bind(catalog);
    }
}

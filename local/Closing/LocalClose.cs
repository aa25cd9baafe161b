using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Ledger;
using ClickFuncs.Local.Hosting;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Closing;

/// <summary>The close of days on one machine: the workflow over this machine's stores.</summary>
internal static class LocalClose
{
    /// <summary>Adds the close to a catalog of workflows.</summary>
    public static void Bind(
        WorkflowCatalog catalog, LocalNode node, ILedger ledger, DataDirectory directory, LocalOptions options, ILoggerFactory loggers)
    {
        var scratch = ScratchOf(directory, options);
        var policy = PolicyOf(options);
        var compactor = new Compactor(
            node.Lake, options.Archive.ToHub(), options.Batch.ToCompaction(scratch, policy.FutureTolerance), PseudonymKeyFile.Open(directory.PseudonymKey),
            loggers.CreateLogger<Compactor>());
        new DayCloseActivities(
            new CloseStores(node.Lake, node.Analytics, ledger, new LocalStreamProgress(node)),
            new CloseSettings(options.Close, options.Batch.ToRecount(scratch), options.Reconciliation, policy, node.Log.PartitionCount,
                JudgementRules.Of(options.Velocity, options.Verdicts)),
            compactor,
            loggers).Bind(catalog);
    }

    /// <summary>The policy that the stream of this machine runs with.</summary>
    public static CountingPolicy PolicyOf(LocalOptions options) => CountingPolicy.Of(options.Processor, options.Close.LookBackDays);

    /// <summary>What a unit of nightly work may take.</summary>
    public static ScratchOptions ScratchOf(DataDirectory directory, LocalOptions options) => options.Batch.ToScratch(directory.Scratch);
}

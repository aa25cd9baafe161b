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

/// <summary>The close of days on one machine: the workflow over this machine's stores, and when it starts by itself.</summary>
internal static class LocalClose
{
    /// <summary>Adds the close to a catalog of workflows.</summary>
    public static void Bind(
        WorkflowCatalog catalog, LocalNode node, ILedger ledger, DataDirectory directory, LocalOptions options, ILoggerFactory loggers)
    {
        var scratch = ScratchOf(directory, options);
        var policy = PolicyOf(options);
        var compactor = new Compactor(
            node.Lake,
            options.Archive.ToHub(),
            new CompactionOptions
            {
                Buckets = options.Batch.Buckets,
                MaxRecordsPerPart = options.Batch.MaxRecordsPerPart,
                FutureTolerance = policy.FutureTolerance,
                Scratch = scratch,
            },
            PseudonymKeyFile.Open(directory.PseudonymKey),
            loggers.CreateLogger<Compactor>());
        var recount = new RecountOptions { MaxRowsPerUnit = options.Batch.MaxRowsPerUnit, Scratch = scratch };
        new DayCloseActivities(
            new CloseStores(node.Lake, node.Analytics, ledger, new LocalStreamProgress(node)),
            new CloseSettings(options.Close, recount, options.Reconciliation, policy, node.Log.PartitionCount,
                JudgementRules.Of(options.Velocity, options.Verdicts)),
            compactor,
            loggers).Bind(catalog);
    }

    /// <summary>The policy that the stream of this machine runs with.</summary>
    public static CountingPolicy PolicyOf(LocalOptions options) => new()
    {
        OutOfOrderness = options.Processor.OutOfOrderness,
        AllowedLateness = options.Processor.AllowedLateness,
        DedupHorizon = options.Processor.DedupHorizon,
        FutureTolerance = options.Processor.FutureTolerance,
        LookBackDays = options.Close.LookBackDays,
    };

    /// <summary>What a unit of nightly work may take.</summary>
    public static ScratchOptions ScratchOf(DataDirectory directory, LocalOptions options) =>
        new() { MemoryLimitMiB = options.Batch.MemoryLimitMiB, Threads = options.Batch.Threads, Folder = directory.Scratch };

    /// <summary>Every night the day before, and the days before it that events have come for since.</summary>
    public static WorkflowSchedule Nightly(LocalOptions options) => WorkflowSchedule.For(
        "nightly",
        options.Close.Schedule,
        new NightlyWorkflow(options.Close),
        due => NightlyWorkflow.IdOf(Yesterday(due)),
        due => new CloseRequest(Yesterday(due)));

    /// <summary>Every hour what was archived becomes parts, so that the night finds little left to do.</summary>
    public static WorkflowSchedule Hourly() => WorkflowSchedule.For(
        "compaction",
        "7 * * * *",
        new HourlyWorkflow(),
        due => HourlyWorkflow.IdOf(due),
        due => new CloseRequest(DateOnly.FromDateTime(due.UtcDateTime)));

    private static DateOnly Yesterday(DateTimeOffset due) => DateOnly.FromDateTime(due.UtcDateTime).AddDays(-1);
}

using ClickFuncs.Analytics;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Processing;
using ClickFuncs.Testing.Ledger;
using ClickFuncs.Testing.Workflows;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Batch.Tests.Close;

/// <summary>Closes 2026-07-01 with the product's workflow and activities, over stores in memory.</summary>
internal sealed class CloseRig
{
    public static readonly DateOnly Date = new(2026, 7, 1);
    public const long Midnight = 1_782_864_000_000;

    private readonly InMemoryWorkflowJournal _journal = new();

    public CloseRig() => Stream = new PublishingStream(Archive, Analytics, new ProcessorOptions());

    public ArchiveRig Archive { get; } = new();

    public InMemoryAnalyticsStore Analytics { get; } = new(TimeSpan.FromSeconds(15));

    public InMemoryLedger Ledger { get; } = new();

    public PublishingStream Stream { get; }

    /// <summary>What the close reads the stream's numbers from; the store itself unless a test puts something between.</summary>
    public IAnalyticsTruth? Truth { get; set; }

    /// <summary>What the close logged.</summary>
    public SaidLines Said { get; } = new();

    /// <summary>What clicks are judged by again; nothing unless a test says so.</summary>
    public JudgementRules? Rules { get; set; }

    /// <summary>Closes the day and says how that ended.</summary>
    public async Task<WorkflowStatus> CloseAsync(CountingPolicy? policy = null)
    {
        var close = new CloseOptions();
        var catalog = new WorkflowCatalog();
        new DayCloseActivities(
            new CloseStores(Archive.Lake, Truth ?? Analytics, Ledger, Stream),
            new CloseSettings(close, Archive.Recount, new ReconciliationOptions(), policy ?? new CountingPolicy(), Partitions: 1, Rules),
            new Compactor(Archive.Lake, Archive.Hub, Archive.Compaction, ArchiveRig.Pseudonyms, NullLogger<Compactor>.Instance),
            Said).Bind(catalog);
        await using var rig = WorkflowRig.Over(catalog, () => _journal);
        var runner = await rig.StartAsync();
        var id = DayCloseWorkflow.IdOf(Date);
        await runner.StartAsync(new DayCloseWorkflow(close), id, new CloseRequest(Date), StartPolicy.AgainWhenEnded, CancellationToken.None);
        return await rig.RunToEndAsync(id);
    }

    /// <summary>Clicks of the day that queries show as final.</summary>
    public async Task<long> FinalClicksAsync()
    {
        var answer = await Analytics.QueryAsync(
            new AnalyticsQuery { AdvertiserId = "adv_1", FromMs = Midnight, ToMs = Midnight + Granularities.DayMs, Granularity = Granularity.Day, Accuracy = Accuracy.Final },
            CancellationToken.None);
        return answer.Points.Sum(point => point.Metrics.Clicks);
    }

    /// <summary>What the advertiser owes, in micros.</summary>
    public async Task<long> OwedAsync() => (await Ledger.ListJournalsAsync(CancellationToken.None)).Sum(head => head.BalanceMicros);

    /// <summary>The report of a revision.</summary>
    public System.Text.Json.JsonElement Report(int revision) =>
        System.Text.Json.JsonElement.Parse(Archive.Lake[$"{new CloseFiles(Date, revision).Reports}reconciliation.json"]);
}

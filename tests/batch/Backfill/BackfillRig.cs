using ClickFuncs.Analytics;
using ClickFuncs.Batch.Backfill;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Batch.Tests.Close;
using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Processing;
using ClickFuncs.Testing.Events;
using ClickFuncs.Testing.Workflows;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Batch.Tests.Backfill;

/// <summary>Three hours, of which the stream has left one late click out; the hour of that click can be counted again with more patience.</summary>
internal sealed class BackfillRig
{
    private const long Midnight = CloseRig.Midnight;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(15);
    private readonly InMemoryWorkflowJournal _journal = new();

    private BackfillRig() => Stream = new PublishingStream(Archive, Analytics, new ProcessorOptions());

    public static BackfillRequest Request { get; } = new(
        DateTimeOffset.FromUnixTimeMilliseconds(Midnight), DateTimeOffset.FromUnixTimeMilliseconds(Midnight + Granularities.HourMs), BackfillEnd.Keep,
        ReplayPolicy.Of(new ProcessorOptions { AllowedLateness = TimeSpan.FromHours(1) }));

    public ArchiveRig Archive { get; } = new();

    public InMemoryAnalyticsStore Analytics { get; } = new(Idle);

    /// <summary>Where the backfill stages; the store itself unless a test puts something between.</summary>
    public IAnalyticsStaging? Staging { get; set; }

    public PublishingStream Stream { get; }

    public static async Task<BackfillRig> CreateAsync()
    {
        var rig = new BackfillRig();
        var click = new TestEvent { ClickId = "clk_1", TimeMs = Midnight + 60_000 };
        rig.Stream.Append(
            click, click with { ClickId = "clk_2", TimeMs = Midnight + (40 * 60_000) }, click with { ClickId = "clk_late", TimeMs = Midnight + 120_000, ArrivalDelayMs = 39 * 60_000 },
            click with { ClickId = "clk_end", TimeMs = Midnight + (3 * Granularities.HourMs) });
        await rig.Stream.PublishAsync();
        return rig;
    }

    public async Task<WorkflowStatus> RunAsync(BackfillRequest request)
    {
        var waiting = new CloseOptions();
        await using var rig = Workflows();
        var runner = await rig.StartAsync();
        await runner.StartAsync(new BackfillWorkflow(waiting), request.Id, request, StartPolicy.AgainWhenEnded, CancellationToken.None);
        return await rig.RunToEndAsync(request.Id);
    }

    /// <summary>A runner of backfills; its runs are those of <see cref="RunAsync"/> too.</summary>
    public WorkflowRig Workflows()
    {
        var catalog = new WorkflowCatalog();
        Activities().Bind(catalog, new CloseOptions());
        return WorkflowRig.Over(catalog, () => _journal);
    }

    /// <summary>Throws away what was staged long before a day, as the upkeep does.</summary>
    public async Task<int> ExpireAsync(DateOnly today)
    {
        var catalog = new WorkflowCatalog();
        Activities().Bind(catalog, new CloseOptions());
        var context = new ActivityContext("upkeep", 1, 0, 1, CancellationToken.None);
        return WorkflowJson.Read<int>(await catalog.RunActivityAsync(BackfillSteps.Expire.Name, WorkflowJson.Write(today, "A day"), context), "a number");
    }

    /// <summary>Clicks of the hour that queries show.</summary>
    public async Task<long> ClicksAsync() => (await Analytics.QueryAsync(
        new AnalyticsQuery { AdvertiserId = "adv_1", FromMs = Request.FromMs, ToMs = Request.ToMs, Granularity = Granularity.Hour },
        CancellationToken.None)).Points.Sum(point => point.Metrics.Clicks);

    public BackfillActivities Activities() => new(
        new BackfillStores(Archive.Lake, Archive.Hub, Staging ?? Analytics, Stream), ReplayPolicy.Of(new ProcessorOptions()), new ScratchOptions(),
        NullLogger<BackfillActivities>.Instance);
}

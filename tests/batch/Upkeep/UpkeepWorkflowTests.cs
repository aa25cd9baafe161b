using ClickFuncs.Analytics;
using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Backfill;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Retirement;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Batch.Tests.Backfill;
using ClickFuncs.Batch.Upkeep;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Testing.Lake;
using ClickFuncs.Testing.Workflows;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Batch.Tests.Upkeep;

public sealed class UpkeepWorkflowTests
{
    private static readonly TimeSpan Lateness = TimeSpan.FromMinutes(15);
    private static readonly UpkeepRequest Request = new(new DateTimeOffset(2026, 7, 1, 12, 20, 0, TimeSpan.Zero));

    [Fact]
    public async Task Rollup_StepByStep_GoesUpToTheFurthestWatermarkLessTheLateness()
    {
        var tiers = new CountedTiers { Steps = 3, NewestMs = 9_000_000 };

        var outcome = await RunAsync(tiers, new RollupWorkflow());

        Assert.Equal(new UpkeepOutcome(3, IsDone: true), outcome);
        Assert.Equal(Enumerable.Repeat(9_000_000L - (15 * 60_000), 3), tiers.Through);
    }

    [Fact]
    public async Task Rollup_BeforeTheFirstEvent_DoesNothing()
    {
        var tiers = new CountedTiers { Steps = 3 };

        Assert.Equal(new UpkeepOutcome(0, IsDone: true), await RunAsync(tiers, new RollupWorkflow()));
        Assert.Empty(tiers.Through);
    }

    [Fact]
    public async Task Retention_EveryDay_ThrowsAwayBackfillsThatNobodyDecidedOnForSevenDays()
    {
        var rig = await BackfillRig.CreateAsync();
        var kept = (await rig.RunAsync(BackfillRig.Request)).ReadOutput<BackfillOutcome>();

        Assert.Equal(0, (await RetainAsync(rig, kept.Staged!.On.AddDays(7))).Backfills);
        Assert.Single(await rig.Analytics.ListAreasAsync(CancellationToken.None));
        Assert.Equal(1, (await RetainAsync(rig, kept.Staged.On.AddDays(8))).Backfills);
        Assert.Empty(await rig.Analytics.ListAreasAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Retention_MoreThanOneRunTakes_SaysThatItIsNotDone()
    {
        var tiers = new CountedTiers { Steps = int.MaxValue };
        var outcome = await RunAsync(tiers, new RetentionWorkflow());
        Assert.Equal(new RetentionOutcome(new UpkeepOutcome(4000, IsDone: false), 0, new UpkeepOutcome(1, IsDone: true), null), outcome);
    }

    [Fact]
    public void Ids_OfDueTimes_AreOneForEach()
    {
        Assert.Equal("rollup-2026-07-01T12", RollupWorkflow.IdOf(Request.Due));
        Assert.Equal("retention-2026-07-01", RetentionWorkflow.IdOf(Request.Due));
    }

    private static ArchiveRetirement Archive() =>
        new(new InMemoryLake(), new CaptureHub(), TimeSpan.FromDays(2), new ScratchOptions(), NullLogger<ArchiveRetirement>.Instance);

    private static async Task<RetentionOutcome> RetainAsync(BackfillRig backfills, DateOnly today)
    {
        var catalog = new WorkflowCatalog();
        backfills.Activities().Bind(catalog, new CloseOptions());
        return await RunAsync(new CountedTiers(), new RetentionWorkflow(), catalog, today);
    }

    private static async Task<T> RunAsync<T>(
        CountedTiers tiers, Workflow<UpkeepRequest, T> workflow, WorkflowCatalog? catalog = null, DateOnly? today = null)
    {
        catalog ??= new WorkflowCatalog().Bind(BackfillSteps.Expire, (_, _) => Task.FromResult(0));
        new UpkeepActivities(tiers, Archive(), Lateness).Bind(catalog);
        var journal = new InMemoryWorkflowJournal();
        await using var rig = WorkflowRig.Over(catalog, () => journal);
        if (today is { } day)
            rig.Clock.Advance(new DateTimeOffset(day, new TimeOnly(3, 40), TimeSpan.Zero) - rig.Clock.GetUtcNow());
        var runner = await rig.StartAsync();
        await runner.StartAsync(workflow, "upkeep", Request, StartPolicy.OnlyOnce, CancellationToken.None);
        return (await rig.RunToEndAsync("upkeep")).ReadOutput<T>();
    }

    /// <summary>Tiers with a known number of steps to do.</summary>
    private sealed class CountedTiers : IAnalyticsTiers
    {
        public int Steps { get; set; } = 1;

        public long? NewestMs { get; init; }

        public List<long> Through { get; } = [];

        public ValueTask<long?> FindNewestWatermarkAsync(CancellationToken cancellationToken) => ValueTask.FromResult(NewestMs);

        public ValueTask<bool> RollUpNextAsync(long throughMs, CancellationToken cancellationToken)
        {
            Through.Add(throughMs);
            return ValueTask.FromResult(--Steps > 0);
        }

        public ValueTask<bool> RetainNextAsync(TimeSpan allowedLateness, CancellationToken cancellationToken)
        {
            Assert.Equal(Lateness, allowedLateness);
            return ValueTask.FromResult(--Steps > 0);
        }
    }
}

using ClickFuncs.Analytics;
using ClickFuncs.Batch.Backfill;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Windows;

namespace ClickFuncs.Batch.Tests.Backfill;

/// <summary>R30: shown first, then swapped in or thrown away; and what is said when something fails is true.</summary>
public sealed class BackfillDecisionTests
{
    [Fact]
    public async Task Run_Keep_ShowsTheDifferenceAndChangesNothing()
    {
        var rig = await BackfillRig.CreateAsync();

        var kept = (await rig.RunAsync(BackfillRig.Request)).ReadOutput<BackfillOutcome>();

        Assert.NotNull(kept.Staged);
        Assert.False(kept.Applied);
        Assert.Equal((1, 0, 1), (kept.Difference.Rows, kept.Difference.Totals[0].Before.Clicks, kept.Difference.Totals[0].After.Clicks));
        Assert.Equal(2, await rig.ClicksAsync());
        Assert.Single(await rig.Analytics.ListAreasAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Decide_Apply_SwapsInWhatWasKept()
    {
        var rig = await BackfillRig.CreateAsync();
        var kept = (await rig.RunAsync(BackfillRig.Request)).ReadOutput<BackfillOutcome>();

        var applied = (await rig.RunAsync(BackfillRig.Request with { End = BackfillEnd.Apply, Kept = kept })).ReadOutput<BackfillOutcome>();

        Assert.True(applied.Applied);
        Assert.Null(applied.Staged);
        Assert.Equal(kept.Difference.Totals, applied.Difference.Totals);
        Assert.Equal(rig.Archive.Lake[kept.Difference.Details], rig.Archive.Lake[applied.Difference.Details]);
        Assert.Equal(3, await rig.ClicksAsync());
        Assert.Empty(await rig.Analytics.ListAreasAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Decide_Discard_ThrowsItAway()
    {
        var rig = await BackfillRig.CreateAsync();
        var kept = (await rig.RunAsync(BackfillRig.Request)).ReadOutput<BackfillOutcome>();

        var discarded = (await rig.RunAsync(BackfillRig.Request with { End = BackfillEnd.Discard, Kept = kept })).ReadOutput<BackfillOutcome>();

        Assert.Equal((false, null), (discarded.Applied, discarded.Staged));
        Assert.Equal(2, await rig.ClicksAsync());
        Assert.Empty(await rig.Analytics.ListAreasAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Decide_ApplyWhatAnotherRunHasCleared_FailsAndSaysSo()
    {
        var rig = await BackfillRig.CreateAsync();
        var kept = (await rig.RunAsync(BackfillRig.Request)).ReadOutput<BackfillOutcome>();
        await rig.RunAsync(BackfillRig.Request with { End = BackfillEnd.Discard });

        var failed = await rig.RunAsync(BackfillRig.Request with { End = BackfillEnd.Apply, Kept = kept });

        Assert.Equal(WorkflowState.Failed, failed.State);
        Assert.Contains("staged is gone", failed.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(2, await rig.ClicksAsync());
    }

    [Fact]
    public async Task Expire_AfterSevenDays_ThrowsAwayWhatNobodyDecidedOn()
    {
        var rig = await BackfillRig.CreateAsync();
        var kept = (await rig.RunAsync(BackfillRig.Request)).ReadOutput<BackfillOutcome>();
        await rig.Analytics.StageAsync("somebody.else.s", [new WindowRowSet()], CancellationToken.None);

        Assert.Equal(0, await rig.ExpireAsync(kept.Staged!.On.AddDays(7)));
        Assert.Equal(1, await rig.ExpireAsync(kept.Staged.On.AddDays(8)));
        Assert.Equal(["somebody.else.s"], await rig.Analytics.ListAreasAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Run_FailsBeforeTheSwap_SaysThatNothingWasChanged()
    {
        var rig = await BackfillRig.CreateAsync();
        rig.Staging = new FailingStaging(rig.Analytics) { FailsStaging = true };

        var failed = await rig.RunAsync(BackfillRig.Request with { End = BackfillEnd.Apply });

        Assert.Equal(WorkflowState.Failed, failed.State);
        Assert.Contains("Nothing was changed.", failed.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(2, await rig.ClicksAsync());
        Assert.Empty(await rig.Analytics.ListAreasAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Run_FailsAfterTheSwap_DoesNotClaimThatNothingWasChanged()
    {
        var rig = await BackfillRig.CreateAsync();
        rig.Staging = new FailingStaging(rig.Analytics) { FailsAfterSwap = true };

        var failed = await rig.RunAsync(BackfillRig.Request with { End = BackfillEnd.Apply });

        Assert.Equal(WorkflowState.Failed, failed.State);
        Assert.Equal(3, await rig.ClicksAsync());
        Assert.DoesNotContain("othing was changed", failed.Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("run the backfill again without applying it", failed.Failure.Message, StringComparison.Ordinal);
    }

    /// <summary>A store that fails where it is told to.</summary>
    private sealed class FailingStaging(IAnalyticsStaging inner) : IAnalyticsStaging
    {
        public bool FailsStaging { get; init; }

        public bool FailsAfterSwap { get; init; }

        public async ValueTask StageAsync(string area, IReadOnlyList<WindowRowSet> sets, CancellationToken cancellationToken)
        {
            await inner.StageAsync(area, sets, cancellationToken);
            if (FailsStaging)
                throw new IOException("The disk is full.");
        }

        public IAsyncEnumerable<IReadOnlyList<StagedDifference>> CompareAsync(string area, long fromMs, long toMs, CancellationToken cancellationToken) =>
            inner.CompareAsync(area, fromMs, toMs, cancellationToken);

        public async ValueTask ApplyAsync(string area, long fromMs, long toMs, CancellationToken cancellationToken)
        {
            await inner.ApplyAsync(area, fromMs, toMs, cancellationToken);
            if (FailsAfterSwap)
                throw new IOException("The connection broke.");
        }

        public ValueTask DiscardAsync(string area, CancellationToken cancellationToken) => inner.DiscardAsync(area, cancellationToken);

        public ValueTask<IReadOnlyList<string>> ListAreasAsync(CancellationToken cancellationToken) => inner.ListAreasAsync(cancellationToken);
    }
}

using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Batch.Backfill;

/// <summary>
/// Counts a range again from the archive with the stream's present logic (R30): settle, replay each partition into a staging
/// area, compare, then swap it in, throw it away, or keep it for whoever decides. Deciding is a run of its own under the same id: the
/// kept result is compared anew, since the world may have gone on. Queries show the counts before or those after, whenever it is killed.
/// </summary>
/// <param name="waiting">How long it waits for archive and stream, as a close does.</param>
public sealed class BackfillWorkflow(CloseOptions waiting) : Workflow<BackfillRequest, BackfillOutcome>
{
    // A partition takes as much memory as it takes the stream: its ids of the dedup horizon.
    private const int PartitionsAtOnce = 1;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public override string Name => "backfill";

    /// <inheritdoc/>
    public override async Task<BackfillOutcome> RunAsync(IWorkflowContext context, BackfillRequest input)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(input);
        if (input.Kept is { Staged: { } staged } kept)
            return await DecideAsync(context, new StagedBackfill(input, staged.Run, staged.On, context.NewGuid()), kept);
        var backfill = new StagedBackfill(input, context.NewGuid(), DateOnly.FromDateTime(context.Now.UtcDateTime));
        BackfillOutcome outcome;
        try
        {
            outcome = await CountAsync(context, backfill);
        }
        catch (ActivityFailedException failure)
        {
            await ClearAsync(context, backfill);
            throw new NonRetryableException($"{failure.Message} Nothing was changed.", failure);
        }

        return await EndAsync(context, backfill, outcome);
    }

    private async Task<BackfillOutcome> CountAsync(IWorkflowContext context, StagedBackfill backfill)
    {
        var cut = await context.CallAsync(BackfillSteps.Cut, backfill.Request);
        context.SetStatus(new CloseProgress("settling"));
        await SettleAsync(context, cut);
        var plan = await context.CallAsync(BackfillSteps.Plan, new PlanBackfill(backfill, cut));
        var partitions = await ReplayAsync(context, backfill, plan);
        context.SetStatus(new CloseProgress("comparing"));
        var difference = await context.CallAsync(BackfillSteps.Compare, backfill);
        return new BackfillOutcome(backfill.Request.From, backfill.Request.To, Applied: false, difference, partitions);
    }

    private static async Task<BackfillOutcome> DecideAsync(IWorkflowContext context, StagedBackfill backfill, BackfillOutcome kept)
    {
        var outcome = kept with { Staged = null };
        if (backfill.Request.End != BackfillEnd.Apply)
            return await EndAsync(context, backfill, outcome);
        await context.CallAsync(BackfillSteps.Require, backfill);
        context.SetStatus(new CloseProgress("comparing"));
        return await EndAsync(context, backfill, outcome with { Difference = await context.CallAsync(BackfillSteps.Compare, backfill) });
    }

    private static async Task<BackfillOutcome> EndAsync(IWorkflowContext context, StagedBackfill backfill, BackfillOutcome outcome)
    {
        switch (backfill.Request.End)
        {
            case BackfillEnd.Keep:
                return outcome with { Staged = new StagedResult(backfill.Run, backfill.On) };
            case BackfillEnd.Discard:
                context.SetStatus(new CloseProgress("discarding"));
                await context.CallAsync(BackfillSteps.Discard, backfill);
                return outcome;
            default:
                context.SetStatus(new CloseProgress("applying"));
                await ApplyAsync(context, backfill);
                return outcome with { Applied = true };
        }
    }

    private static async Task ApplyAsync(IWorkflowContext context, StagedBackfill backfill)
    {
        try
        {
            await context.CallAsync(BackfillSteps.Apply, backfill);
        }
        catch (ActivityFailedException failure)
        {
            // A store that fails may have done it and not been able to say so.
            throw new NonRetryableException(
                $"{failure.Message} Queries show the counts before or those after, never a mixture; run the backfill again without applying it, and its difference says which.", failure);
        }
    }

    private static async Task ClearAsync(IWorkflowContext context, StagedBackfill backfill)
    {
        try
        {
            await context.CallAsync(BackfillSteps.Discard, backfill);
        }
        catch (ActivityFailedException)
        {
            // The first failure is the one to tell. What is left is cleared by the next run of the range, or when its time is over.
        }
    }

    private async Task SettleAsync(IWorkflowContext context, IReadOnlyList<ReportCut> cut)
    {
        var began = context.Now;
        for (var wait = waiting.SettlePoll; await context.CallAsync(BackfillSteps.Missing, cut) is { } missing; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            if (context.Now - began >= waiting.SettleTimeout)
                throw new NonRetryableException($"The range can't be counted again yet. {missing} Look at the alerts of archive and stream, then start the backfill again.");
            context.SetStatus(new CloseProgress("settling", missing));
            await context.DelayUntilAsync(context.Now + wait);
        }
    }

    private static async Task<IReadOnlyList<ReplayedPartition>> ReplayAsync(
        IWorkflowContext context, StagedBackfill backfill, IReadOnlyList<ReplayedPartition> plan)
    {
        var done = 0;
        context.SetStatus(new CloseProgress("replaying", Done: 0, Total: plan.Count));
        return await context.FanOutAsync(
            plan,
            PartitionsAtOnce,
            async (own, records) =>
            {
                var replayed = await own.CallAsync(BackfillSteps.Replay, new ReplayPartition(backfill, records));
                own.SetStatus(new CloseProgress("replaying", Done: ++done, Total: plan.Count));
                return replayed;
            });
    }
}

using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Batch.Backfill;

/// <summary>
/// Counts a range again from the archive with the stream's present logic (R30): settle, replay each partition into a staging
/// area, compare, then swap it in or throw it away. Queries show the counts before or those after, whenever it is killed.
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
        var backfill = new StagedBackfill(input, context.NewGuid());
        var cut = await context.CallAsync(BackfillSteps.Cut, input);
        context.SetStatus(new CloseProgress("settling"));
        await SettleAsync(context, cut);
        var plan = await context.CallAsync(BackfillSteps.Plan, new PlanBackfill(backfill, cut));
        try
        {
            var partitions = await ReplayAsync(context, backfill, plan);
            context.SetStatus(new CloseProgress("comparing"));
            var difference = await context.CallAsync(BackfillSteps.Compare, backfill);
            context.SetStatus(new CloseProgress(input.Apply ? "applying" : "discarding"));
            await context.CallAsync(input.Apply ? BackfillSteps.Apply : BackfillSteps.Discard, backfill);
            return new BackfillOutcome(input.From, input.To, input.Apply, difference, partitions);
        }
        catch (ActivityFailedException)
        {
            await context.CallAsync(BackfillSteps.Discard, backfill);
            throw;
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

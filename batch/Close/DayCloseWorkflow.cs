using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Batch.Close;

/// <summary>
/// Closes a day (docs/decisions/0006): settle, compact, recount by bucket, reconcile, publish, charge, seal and record. Every
/// step can be repeated, and a close that finds nothing new leaves nothing behind.
/// </summary>
/// <param name="options">How long it waits, how many buckets at once.</param>
public sealed class DayCloseWorkflow(CloseOptions options) : Workflow<CloseRequest, CloseOutcome>
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public override string Name => "day_close";

    /// <summary>Id of the run of a day: one at a time.</summary>
    public static string IdOf(DateOnly date) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"close-{date:yyyy-MM-dd}");

    /// <inheritdoc/>
    public override async Task<CloseOutcome> RunAsync(IWorkflowContext context, CloseRequest input)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(input);
        var began = context.Now;
        var run = await context.CallAsync(CloseSteps.Begin, new CloseBegin(input.Date, context.NewGuid()));
        context.SetStatus(new CloseProgress("settling"));
        await SettleAsync(context, await context.CallAsync(CloseSteps.Cut, input.Date), began);

        // The stream goes on meanwhile. Its numbers are kept first and the cut is made after, so that whatever they hold is
        // recounted too, and what came in between is known not to be in them.
        var published = await context.CallAsync(CloseSteps.Snapshot, run);
        var cut = await context.CallAsync(CloseSteps.Cut, input.Date);
        cut = [.. cut.Select((entry, i) => entry with { Published = published[i] })];
        await SettleAsync(context, cut, began);

        context.SetStatus(new CloseProgress("compacting"));
        await context.CallAsync(CloseSteps.Compact, input.Date);
        var plan = await context.CallAsync(CloseSteps.Plan, new PlanRequest(run, cut));
        if (plan.Buckets == 0)
        {
            // Not even zero is final: what comes in for the day later is news, and counts live until the day is closed.
            await context.CallAsync(CloseSteps.Discard, plan);
            return new CloseOutcome(input.Date, run.Before, IsNew: false, [], Entries: 0);
        }

        plan = await JudgeAsync(context, plan);
        await RecountAsync(context, plan);

        context.SetStatus(new CloseProgress("reconciling"));
        var reconciled = await context.CallAsync(CloseSteps.Reconcile, plan);
        if (!reconciled.IsNew)
        {
            await context.CallAsync(CloseSteps.Discard, plan);
            return new CloseOutcome(input.Date, run.Before, IsNew: false, reconciled.Alerts, Entries: 0);
        }

        context.SetStatus(new CloseProgress("publishing"));
        await context.CallAsync(CloseSteps.Publish, plan);
        context.SetStatus(new CloseProgress("charging"));
        var entries = await context.CallAsync(CloseSteps.Charge, new ChargeRequest(plan, DateOnly.FromDateTime(began.UtcDateTime)));
        await context.CallAsync(CloseSteps.Record, new RecordRequest(plan, reconciled));
        return new CloseOutcome(input.Date, run.Revision, IsNew: true, reconciled.Alerts, entries);
    }

    private async Task SettleAsync(IWorkflowContext context, IReadOnlyList<ReportCut> cut, DateTimeOffset began)
    {
        for (var wait = options.SettlePoll; await context.CallAsync(CloseSteps.Missing, cut) is { } missing; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            if (context.Now - began >= options.SettleTimeout)
                throw new NonRetryableException($"The day can't be counted yet. {missing} Look at the alerts of archive and stream, then start the close again.");
            context.SetStatus(new CloseProgress("settling", missing));
            await context.DelayUntilAsync(context.Now + wait);
        }
    }

    // By identity, where the recount goes by id: see docs/decisions/0022.
    private async Task<ClosePlan> JudgeAsync(IWorkflowContext context, ClosePlan plan)
    {
        if (plan.Rules == null)
            return plan;
        context.SetStatus(new CloseProgress("judging"));
        var rows = await context.FanOutAsync(
            [.. Enumerable.Range(0, plan.Buckets)],
            options.BucketsAtOnce,
            (own, bucket) => own.CallAsync(CloseSteps.Identify, new BucketRequest(plan, bucket)));
        plan = plan with { Shares = await context.CallAsync(CloseSteps.Shares, rows.Sum()) };
        await context.FanOutAsync(
            [.. Enumerable.Range(0, plan.Shares)],
            options.BucketsAtOnce,
            (own, share) => own.CallAsync(CloseSteps.Flag, new ShareRequest(plan, share)));
        await context.CallAsync(CloseSteps.Forget, plan);
        return plan;
    }

    private async Task RecountAsync(IWorkflowContext context, ClosePlan plan)
    {
        var done = 0;
        context.SetStatus(new CloseProgress("counting", Done: 0, Total: plan.Buckets));
        await context.FanOutAsync(
            [.. Enumerable.Range(0, plan.Buckets)],
            options.BucketsAtOnce,
            async (own, bucket) =>
            {
                var path = await own.CallAsync(CloseSteps.Recount, new BucketRequest(plan, bucket));
                own.SetStatus(new CloseProgress("counting", Done: ++done, Total: plan.Buckets));
                return path;
            });
    }
}

/// <summary>What a close is asked for.</summary>
/// <param name="Date">The day, UTC.</param>
public sealed record CloseRequest(DateOnly Date);

/// <summary>What a close came to.</summary>
/// <param name="Date">The day.</param>
/// <param name="Revision">The revision that stands now; 0 when there never was an event of the day.</param>
/// <param name="IsNew">Whether this close made it.</param>
/// <param name="Alerts">Alerts of its report.</param>
/// <param name="Entries">Ledger entries of this revision.</param>
public sealed record CloseOutcome(DateOnly Date, int Revision, bool IsNew, IReadOnlyList<string> Alerts, int Entries);

/// <summary>Where a close is, for people.</summary>
/// <param name="Phase">settling, compacting, counting, reconciling, publishing, charging.</param>
/// <param name="Waiting">What it waits for.</param>
/// <param name="Done">Buckets counted.</param>
/// <param name="Total">Buckets there are.</param>
public sealed record CloseProgress(string Phase, string? Waiting = null, int? Done = null, int? Total = null);

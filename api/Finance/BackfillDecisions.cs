using ClickFuncs.Batch.Backfill;
using ClickFuncs.Batch.Workflows;
using Microsoft.AspNetCore.Http;

namespace ClickFuncs.Api.Finance;

/// <summary>
/// <c>POST /api/v1/finance/backfills/{id}/apply</c> and <c>/discard</c>: what becomes of a result that was kept. 202 with the run that does it;
/// the same for who asks again.
/// </summary>
internal static class BackfillDecisions
{
    public static Task ApplyAsync(HttpContext context) => DecideAsync(context, BackfillEnd.Apply);

    public static Task DiscardAsync(HttpContext context) => DecideAsync(context, BackfillEnd.Discard);

    private static async Task DecideAsync(HttpContext context, BackfillEnd end)
    {
        if (await BackfillRuns.FindAsync(context) is not { } run)
        {
            await FinanceProblems.NoBackfill.WriteAsync(context);
            return;
        }

        var request = BackfillRuns.InputOf(run);
        if (request.Kept is not null && request.End == end && run.State is not (WorkflowState.Failed or WorkflowState.Cancelled))
            await BackfillRuns.AcceptAsync(context, run);
        else if (KeptBy(run, request) is { } kept)
            await BackfillRuns.StartAsync(context, request with { End = end, Kept = kept });
        else
            await (run.HasEnded ? FinanceProblems.NothingStaged : FinanceProblems.BackfillUnderWay).WriteAsync(context);
    }

    // Also of a decision that failed: it can be taken again.
    private static BackfillOutcome? KeptBy(WorkflowStatus run, BackfillRequest request) => run.State switch
    {
        WorkflowState.Completed when BackfillRuns.OutcomeOf(run) is { Staged: not null } kept => kept,
        WorkflowState.Failed or WorkflowState.Cancelled => request.Kept,
        _ => null,
    };
}

using ClickFuncs.Lake;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Finance;

/// <summary><c>GET /api/v1/finance/backfills/{id}/difference</c>: every window and key in which the newest run of the range differs from what queries showed, as CSV.</summary>
internal static class BackfillDifferences
{
    public static async Task GetAsync(HttpContext context)
    {
        if (await BackfillRuns.FindAsync(context) is not { } run || (BackfillRuns.OutcomeOf(run) ?? BackfillRuns.InputOf(run).Kept) is not { } outcome)
        {
            await FinanceProblems.NoBackfill.WriteAsync(context);
            return;
        }

        var response = context.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = $"attachment; filename=\"{run.InstanceId}.csv\"";
        await using var file = await context.RequestServices.GetRequiredService<ILake>().OpenReadAsync(outcome.Difference.Details, context.RequestAborted);
        await file.CopyToAsync(response.Body, context.RequestAborted);
    }
}

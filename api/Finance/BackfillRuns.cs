using System.Text.Json;
using ClickFuncs.Api.Problems;
using ClickFuncs.Batch.Backfill;
using ClickFuncs.Batch.Workflows;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Finance;

/// <summary>
/// <c>POST /api/v1/finance/backfills</c> counts a range again (R30) and answers 202 with the URL to follow it; <c>GET</c> there tells where
/// it is and what it would change, <c>GET</c> on the collection lists. What becomes of the result: <see cref="BackfillDecisions"/>.
/// </summary>
internal static class BackfillRuns
{
    private const string Path = "/api/v1/finance/backfills";

    public static async Task StartAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            await HttpProblems.UnsupportedMediaType.WriteAsync(context);
            return;
        }

        var settings = context.RequestServices.GetRequiredService<FinanceSettings>();
        if (await BackfillBody.ReadAsync(context, ReplayPolicy.Of(settings.Policy)) is not { } request)
        {
            await FinanceProblems.BadRequest(BackfillBody.Expected).WriteAsync(context);
            return;
        }

        try
        {
            request.CheckRange();
        }
        catch (ArgumentException wrong)
        {
            await FinanceProblems.BadRequest(wrong.Message).WriteAsync(context);
            return;
        }

        await StartAsync(context, request);
    }

    /// <summary>Starts a run, or answers with the one under way if it was asked for the same.</summary>
    internal static async Task StartAsync(HttpContext context, BackfillRequest request)
    {
        var services = context.RequestServices;
        var started = await services.GetRequiredService<IWorkflowClient>().StartAsync(
            new BackfillWorkflow(services.GetRequiredService<FinanceSettings>().Close), request.Id, request, StartPolicy.AgainWhenEnded, context.RequestAborted);
        if (started.Outcome == StartOutcome.AlreadyRunning && InputOf(started.Status) is { } there && (there.End != request.End || there.Kept is null != request.Kept is null))
            await FinanceProblems.BackfillUnderWay.WriteAsync(context);
        else
            await AcceptAsync(context, started.Status);
    }

    /// <summary>Answers that a run is under way or done, and where to follow it.</summary>
    internal static async Task AcceptAsync(HttpContext context, WorkflowStatus run)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers.Location = $"{Path}/{run.InstanceId}";
        context.Response.Headers.RetryAfter = "1";
        await FinanceAnswer.WriteAsync(context, writer => Write(writer, run));
    }

    public static async Task GetAsync(HttpContext context)
    {
        if (await FindAsync(context) is { } run)
            await FinanceAnswer.WriteAsync(context, writer => Write(writer, run));
        else
            await FinanceProblems.NoBackfill.WriteAsync(context);
    }

    public static Task ListAsync(HttpContext context) => FinanceAnswer.WriteRunsAsync(context, BackfillRequest.IdPrefix, Write);

    /// <summary>The newest run under the id of the route; null if there is none.</summary>
    internal static async Task<WorkflowStatus?> FindAsync(HttpContext context) =>
        context.Request.RouteValues["id"] is string id && id.StartsWith(BackfillRequest.IdPrefix, StringComparison.Ordinal)
            ? await context.RequestServices.GetRequiredService<IWorkflowClient>().GetAsync(id, context.RequestAborted)
            : null;

    /// <summary>What a run was asked for.</summary>
    internal static BackfillRequest InputOf(WorkflowStatus run) => WorkflowJson.Read<BackfillRequest>(run.Input, $"the input of '{run.InstanceId}'");

    /// <summary>What a run came to; null unless it completed.</summary>
    internal static BackfillOutcome? OutcomeOf(WorkflowStatus run) => run.Output is null ? null : run.ReadOutput<BackfillOutcome>();

    /// <summary>Writes a run.</summary>
    internal static void Write(Utf8JsonWriter writer, WorkflowStatus run) => RunJson.Write(writer, run, () =>
    {
        if (OutcomeOf(run) is { } outcome)
            writer.WriteRawValue(BackfillOutcomeJson.Write(outcome));
        else
            writer.WriteNullValue();
    });
}

using System.Globalization;
using System.Text.Json;
using ClickFuncs.Api.Problems;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Workflows;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Finance;

/// <summary>
/// <c>POST /api/v1/finance/reconciliations</c> with <c>{"date":"2026-07-01"}</c> starts the close of a day, or finds the one under
/// way, and answers 202 with the URL to follow it; <c>GET</c> there tells where it is, <c>GET</c> on the collection lists.
/// </summary>
internal static class ReconciliationRuns
{
    private const string Path = "/api/v1/finance/reconciliations";

    public static async Task StartAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            await HttpProblems.UnsupportedMediaType.WriteAsync(context);
            return;
        }

        if (await ReadDateAsync(context) is not { } date)
        {
            await FinanceProblems.BadRequest("Send {\"date\":\"2026-07-01\"}: the day to close, UTC.").WriteAsync(context);
            return;
        }

        var services = context.RequestServices;
        try
        {
            CloseCalendar.RequireOver(date, services.GetRequiredService<TimeProvider>());
        }
        catch (InvalidOperationException early)
        {
            await FinanceProblems.BadRequest(early.Message).WriteAsync(context);
            return;
        }

        var started = await services.GetRequiredService<IWorkflowClient>().StartAsync(
            new DayCloseWorkflow(services.GetRequiredService<FinanceSettings>().Close), DayCloseWorkflow.IdOf(date), new CloseRequest(date),
            StartPolicy.AgainWhenEnded, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers.Location = $"{Path}/{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        context.Response.Headers.RetryAfter = "1";
        await FinanceAnswer.WriteAsync(context, writer => RunJson.Write(writer, started.Status));
    }

    public static async Task GetAsync(HttpContext context)
    {
        if (FinanceRequest.Date(context.Request.RouteValues["date"] as string) is not { } date
            || await context.RequestServices.GetRequiredService<IWorkflowClient>().GetAsync(DayCloseWorkflow.IdOf(date), context.RequestAborted) is not { } run)
            await FinanceProblems.NoRun.WriteAsync(context);
        else
            await FinanceAnswer.WriteAsync(context, writer => RunJson.Write(writer, run));
    }

    public static Task ListAsync(HttpContext context) => FinanceAnswer.WriteRunsAsync(context, "close-", RunJson.Write);

    private static async Task<DateOnly?> ReadDateAsync(HttpContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("date", out var date) && date.ValueKind == JsonValueKind.String
                ? FinanceRequest.Date(date.GetString())
                : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // No JSON, or a string that is no text: half a surrogate pair is found only when it is read.
            return null;
        }
    }
}

using System.Text.Json;
using ClickFuncs.Api.Finance;
using ClickFuncs.Api.Problems;
using ClickFuncs.Batch.Workflows;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Operations;

/// <summary>
/// <c>POST /api/v1/operations/schedules/{name}/runs</c> runs now what the schedule would: 202 with the URL to follow it, and the run that is under way for
/// who asks again. <c>GET</c> on <c>/schedules</c>, <c>/runs</c> and <c>/runs/{id}</c> tells what there is.
/// </summary>
internal static class ScheduledRuns
{
    private const string Path = "/api/v1/operations/runs";

    private static readonly Problem NoSchedule = new(
        "schedule-not-found", 404, "No such schedule", "There is no schedule of that name. GET /api/v1/operations/schedules lists them.");

    private static readonly Problem NoRun = new("run-not-found", 404, "No such run", "There is no run of that id, running or ended.");

    public static Task ListSchedulesAsync(HttpContext context) => FinanceAnswer.WriteAsync(context, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("schedules");
        foreach (var schedule in SchedulesOf(context))
        {
            writer.WriteStartObject();
            writer.WriteString("name", schedule.Name);
            writer.WriteString("cron", schedule.Cron);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    public static async Task StartAsync(HttpContext context)
    {
        if (SchedulesOf(context).FirstOrDefault(schedule => schedule.Name == context.Request.RouteValues["name"] as string) is not { } found)
        {
            await NoSchedule.WriteAsync(context);
            return;
        }

        var services = context.RequestServices;
        var started = await found.StartNowAsync(
            services.GetRequiredService<IWorkflowClient>(), services.GetRequiredService<TimeProvider>().GetUtcNow(), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers.Location = $"{Path}/{started.Status.InstanceId}";
        context.Response.Headers.RetryAfter = "1";
        await FinanceAnswer.WriteAsync(context, writer => Write(writer, started.Status));
    }

    public static async Task GetAsync(HttpContext context)
    {
        if (await context.RequestServices.GetRequiredService<IWorkflowClient>().GetAsync((string)context.Request.RouteValues["id"]!, context.RequestAborted) is { } run)
            await FinanceAnswer.WriteAsync(context, writer => Write(writer, run));
        else
            await NoRun.WriteAsync(context);
    }

    public static Task ListAsync(HttpContext context) => FinanceAnswer.WriteRunsAsync(context, context.Request.Query["prefix"].ToString(), Write);

    private static IReadOnlyList<WorkflowSchedule> SchedulesOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<IReadOnlyList<WorkflowSchedule>>();

    // Outcomes of many kinds, for people: they stand here as the workflow left them.
    private static void Write(Utf8JsonWriter writer, WorkflowStatus run) => RunJson.Write(writer, run, () => writer.WriteRawValue(run.Output ?? "null"));
}

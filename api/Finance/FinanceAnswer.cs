using System.Text.Json;
using ClickFuncs.Batch.Workflows;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Finance;

/// <summary>Answers of the finance endpoints in JSON; no cache keeps them.</summary>
internal static class FinanceAnswer
{
    private const int MaxLimit = 200;

    /// <summary>Writes one value.</summary>
    public static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        await using (writer)
            write(writer);
    }

    /// <summary>Answers with a page of runs, the newest ids first, as <c>limit</c> and <c>continuation</c> of the query ask.</summary>
    public static async Task WriteRunsAsync(HttpContext context, string prefix, Action<Utf8JsonWriter, WorkflowStatus> write)
    {
        var query = context.Request.Query;
        if (!FinanceRequest.TryLimit(query["limit"], 50, MaxLimit, out var limit))
        {
            await FinanceProblems.BadRequest($"limit must be a whole number from 1 to {MaxLimit}.").WriteAsync(context);
            return;
        }

        var continuation = query["continuation"].ToString();
        var page = await context.RequestServices.GetRequiredService<IWorkflowClient>().ListAsync(
            prefix, limit, continuation.Length == 0 ? null : continuation, context.RequestAborted);
        await WriteAsync(context, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("runs");
            foreach (var run in page.Runs)
                write(writer, run);
            writer.WriteEndArray();
            writer.WriteString("continuation", page.Continuation);
            writer.WriteEndObject();
        });
    }
}

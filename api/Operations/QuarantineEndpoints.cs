using System.Globalization;
using System.Text.Json;
using ClickFuncs.Api.OpenApi;
using ClickFuncs.Api.Problems;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Log;
using ClickFuncs.Quarantine;
using ClickFuncs.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Operations;

/// <summary><c>/api/v1/operations/quarantine</c>: the events that no window counts, and sending them again. A host that maps it registers <see cref="IQuarantine"/>.</summary>
public static class QuarantineEndpoints
{
    private const int MaxLimit = 1000;
    private const int DefaultLimit = 100;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Maps the endpoints.</summary>
    public static IEndpointRouteBuilder MapQuarantine(this IEndpointRouteBuilder endpoints)
    {
        var quarantine = endpoints.MapGroup("/api/v1/operations/quarantine").RequireAuthorization(Access.Operations);
        quarantine.MapGet("", ListAsync)
            .Describe("Operations", "Events that no window counts, with why.", new("kind", "quarantined (default) or late."), new("reason", "Only these."), new("partition", "Where the page begins, with from."), new("from", "Sequence number."), new("limit", "1 to 1000."))
            .Answers(typeof(QuarantinePage)).Refuses(400);
        quarantine.MapPost("/replays", ReplayAsync)
            .Describe("Operations", "Sends quarantined events again, each counted once: those that are valid now, or mended ones. A next in the answer says where to go on.").Reads(typeof(ReplayRequest)).Answers(typeof(ReplaySummary)).Refuses(400, 415, 503);
        return endpoints;
    }

    private static async Task ListAsync(HttpContext context)
    {
        if (Query(context.Request.Query) is not { } query)
        {
            await OperationsProblems.BadQuarantineQuery.WriteAsync(context);
            return;
        }

        var page = await context.RequestServices.GetRequiredService<IQuarantine>().ListAsync(query, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(page, Json, context.RequestAborted);
    }

    private static async Task ReplayAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            await OperationsProblems.NotJson.WriteAsync(context);
            return;
        }

        ReplayRequest? request;
        try
        {
            request = await context.Request.ReadFromJsonAsync<ReplayRequest>(Json, context.RequestAborted);
        }
        catch (JsonException)
        {
            request = null;
        }

        if (request is null || request.From is not (null or { Partition: >= 0, Sequence: >= 0 }) || request.Mended?.Any(mended => mended?.Place is not { Partition: >= 0, Sequence: >= 0 } || mended.Event is null) == true)
        {
            await OperationsProblems.BadReplay.WriteAsync(context);
            return;
        }

        try
        {
            var summary = await context.RequestServices.GetRequiredService<IQuarantine>().ReplayAsync(request with { Mended = request.Mended ?? [] }, context.RequestAborted);
            await context.Response.WriteAsJsonAsync(summary, Json, context.RequestAborted);
        }
        catch (LogException)
        {
            context.Response.Headers.RetryAfter = "1";
            await OperationsProblems.LogUnavailable.WriteAsync(context);
        }
    }

    private static QuarantineQuery? Query(IQueryCollection query)
    {
        SideOutputKind? kind = (string?)query["kind"] switch { null or "" or "quarantined" => SideOutputKind.Quarantine, "late" => SideOutputKind.Late, _ => null };
        return kind is { } known && Number(query, "partition", 0) is { } partition and <= int.MaxValue && Number(query, "from", 0) is { } from
            && Number(query, "limit", DefaultLimit) is { } limit and >= 1 and <= MaxLimit
            ? new QuarantineQuery(known, query["reason"] is [{ Length: > 0 } reason] ? reason : null, (int)partition, from, (int)limit)
            : null;
    }

    private static long? Number(IQueryCollection query, string name, long otherwise) =>
        query[name] is not [{ Length: > 0 } text] ? otherwise
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

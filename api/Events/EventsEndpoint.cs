using System.Buffers;
using System.Net.Mime;
using ClickFuncs.Api.Problems;
using ClickFuncs.Api.Redirect;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Catalog;
using ClickFuncs.Log;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ClickFuncs.Api.Events;

/// <summary><c>POST /api/v1/events</c> (R6): impressions and conversions in batches, as a JSON array or as NDJSON.</summary>
internal sealed class EventsEndpoint(EventRecorder recorder, CatalogCache catalog, IOptions<ApiOptions> options)
{
    public const string Ndjson = "application/x-ndjson";

    private readonly InFlightGate _gate = new(options.Value.MaxEventBatches);

    /// <summary>Answers when everything that it calls accepted or quarantined is durable.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (!_gate.TryEnter())
        {
            await AgainAsync(context, EventsProblems.Overloaded);
            return;
        }

        try
        {
            await ReceiveAsync(context);
        }
        catch (LogOverloadedException)
        {
            await AgainAsync(context, EventsProblems.Overloaded);
        }
        catch (LogException)
        {
            // The log has counted and logged it; the sender learns that it has to send the batch again.
            await AgainAsync(context, EventsProblems.NotDurable);
        }
        finally
        {
            _gate.Exit();
        }
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        var (request, ads) = (context.Request, catalog.Current);
        var isLines = IsOf(request, Ndjson) || IsOf(request, "application/ndjson") || IsOf(request, "application/jsonl");
        var problem = ads is null ? HttpProblems.Of(StatusCodes.Status503ServiceUnavailable)
            : request.Headers.ContentEncoding.Count > 0 ? EventsProblems.Encoded
            : isLines || IsOf(request, MediaTypeNames.Application.Json) ? null
            : HttpProblems.UnsupportedMediaType;
        if (problem is not null)
        {
            await problem.WriteAsync(context);
            return;
        }

        var body = await ReadAsync(context);
        var events = isLines ? EventBatch.Lines(body.Span) : EventBatch.Elements(body.Span);
        if (events is null or { Count: > EventBatch.MaxEvents })
        {
            await (events is null ? EventsProblems.NoArray : EventsProblems.TooMany).WriteAsync(context);
            return;
        }

        var answer = await recorder.RecordAsync(body, events, Caller.Of(context.User), ads!);
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(answer, EventsJson.Default.EventsAnswer, cancellationToken: context.RequestAborted);
    }

    // The server bounds the body and its slowness; a body beyond the bound ends in a 413 here.
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        var buffer = new ArrayBufferWriter<byte>((int)Math.Min(context.Request.ContentLength ?? 0, 1024 * 1024) + 4096);
        while (true)
        {
            var read = await context.Request.Body.ReadAsync(buffer.GetMemory(4096), context.RequestAborted);
            if (read == 0)
                return buffer.WrittenMemory;
            buffer.Advance(read);
        }
    }

    private static bool IsOf(HttpRequest request, string type) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var sent) && sent.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);

    private static Task AgainAsync(HttpContext context, Problem problem)
    {
        context.Response.Headers.RetryAfter = "1";
        return problem.WriteAsync(context);
    }
}

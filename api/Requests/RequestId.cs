using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace ClickFuncs.Api.Requests;

/// <summary>
/// Gives every request but clicks an id, so that an answer, a log line and a caller's own log can be brought together. The
/// caller's <c>X-Request-Id</c> is taken if it is one that can be printed anywhere; else one is made. The answer carries it.
/// </summary>
internal sealed class RequestId(RequestDelegate next)
{
    public const string Header = "X-Request-Id";

    private const int MaxLength = 64;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public Task InvokeAsync(HttpContext context)
    {
        var sent = context.Request.Headers[Header];
        context.TraceIdentifier = sent is [{ Length: > 0 and <= MaxLength } id] && !id.AsSpan().ContainsAnyExcept(Alphabet)
            ? id
            : Guid.CreateVersion7().ToString("N");
        // When the answer starts: an answer that is replaced by a problem loses the headers it had.
        context.Response.OnStarting(Echo, context);
        return next(context);
    }

    private static Task Echo(object state)
    {
        var context = (HttpContext)state;
        context.Response.Headers[Header] = context.TraceIdentifier;
        return Task.CompletedTask;
    }
}

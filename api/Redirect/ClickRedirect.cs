using ClickFuncs.Api.Problems;
using ClickFuncs.Events;
using ClickFuncs.Links;
using ClickFuncs.Log;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.Redirect;

/// <summary>
/// Answers click links (R1 to R5): the click is durable on the log before the 302 is sent. What can't be recorded is not
/// redirected, and the answer says when to try again. Thread-safe; one instance serves all requests.
/// </summary>
public sealed class ClickRedirect
{
    /// <summary>Cache-Control of every redirect: each click is to be asked for.</summary>
    internal const string NoCache = "no-cache, no-store, must-revalidate";

    private readonly ClickIntake _intake;
    private readonly HttpClickReader _reader;
    private readonly TrackingCookie _cookie;
    private readonly bool _redirectPrefetch;

    /// <summary>Takes clicks in through <paramref name="intake"/>.</summary>
    public ClickRedirect(ClickIntake intake, IOptions<RedirectOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _intake = intake;
        _reader = new HttpClickReader(options.Value);
        _cookie = new TrackingCookie(options.Value.CookieLifetime);
        _redirectPrefetch = options.Value.RedirectPrefetch;
    }

    /// <summary>Whether the path is that of a click link, of either form.</summary>
    public static bool Matches(PathString path) =>
        path.Value is { } text
        && (text.StartsWith(LinkMaker.CompactPath, StringComparison.Ordinal) || text == LinkMaker.ExplicitPath);

    /// <summary>Answers a request whose path <see cref="Matches"/>; completes when the answer is given.</summary>
    public Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var method = context.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return RefuseAsync(context, HttpProblems.MethodNotAllowed);
        }

        return _intake.TryEnter() ? RecordAsync(context) : RefuseAsync(context, RedirectProblems.Overloaded);
    }

    private async Task RecordAsync(HttpContext context)
    {
        Problem? refusal;
        RedirectStart start = default;
        try
        {
            var started = _intake.Now();
            start = Start(context, out var cookie);
            refusal = start.Refusal;
            if (refusal is null)
            {
                var position = await start.Append;
                Answer(context.Response, start, cookie);
                _intake.Recorded(start, position, started);
            }
        }
        catch (LogException exception)
        {
            refusal = _intake.NotRecorded(exception);
        }
        finally
        {
            _intake.Leave(start);
        }

        if (refusal is not null)
            await RefuseAsync(context, refusal);
    }

    private RedirectStart Start(HttpContext context, out string? cookie)
    {
        using var memory = _reader.Read(context, out var request);
        cookie = request.Visitor.IsEmpty ? null : _cookie.Write(request.Visitor);
        return _intake.Start(request);
    }

    private void Answer(HttpResponse response, in RedirectStart start, string? cookie)
    {
        response.Headers.CacheControl = NoCache;
        if (!_redirectPrefetch && start.NonClick is NonClickReason.Prefetch or NonClickReason.Prerender)
        {
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            response.ContentLength = 0;
            return;
        }

        response.StatusCode = StatusCodes.Status302Found;
        response.Headers.Location = start.Location;
        if (cookie is not null)
            response.Headers.SetCookie = cookie;
    }

    private static Task RefuseAsync(HttpContext context, Problem problem)
    {
        ClickIntake.Refused(problem);
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "1";
        return problem.WriteAsync(context);
    }
}

using ClickFuncs.Api.Problems;
using ClickFuncs.Budgets;
using ClickFuncs.Catalog;
using ClickFuncs.Events;
using ClickFuncs.Links;
using ClickFuncs.Log;
using ClickFuncs.Telemetry;
using ClickFuncs.Telemetry.Tracing;
using ClickFuncs.Velocity;
using ClickFuncs.Verdicts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.Redirect;

/// <summary>
/// Answers click links (R1 to R5): the click is durable on the log before the 302 is sent. What can't be recorded is not
/// redirected, and the answer says when to try again. Thread-safe; one instance serves all requests.
/// </summary>
public sealed partial class ClickRedirect
{
    private const string NoCache = "no-cache, no-store, must-revalidate";

    private readonly ClickRecorder _recorder;
    private readonly InFlightGate _gate;
    private readonly TimeProvider _time;
    private readonly ClickTraces _traces;
    private readonly ILogger _logger;
    private readonly bool _redirectPrefetch;

    /// <summary>With the links it accepts, the ads it knows, what it thinks of visitors, which campaigns are over budget, the log it writes and which clicks are traced.</summary>
    public ClickRedirect(
        LinkVerifier links, CatalogCache catalog, TrafficJudge judge, VelocityJudge velocity, BudgetBoard budgets, IClickLog log, IOptions<RedirectOptions> options,
        TimeProvider time, ILogger<ClickRedirect> logger, ClickTraces traces)
    {
        ArgumentNullException.ThrowIfNull(options);
        _recorder = new ClickRecorder(links, catalog, judge, velocity, budgets, log, time, options.Value, traces);
        _traces = traces;
        _gate = new InFlightGate(options.Value.MaxInFlight);
        _redirectPrefetch = options.Value.RedirectPrefetch;
        _time = time;
        _logger = logger;
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

        return _gate.TryEnter() ? RecordAsync(context) : RefuseAsync(context, RedirectProblems.Overloaded);
    }

    private async Task RecordAsync(HttpContext context)
    {
        RedirectStart start = default;
        try
        {
            var started = _time.GetTimestamp();
            start = _recorder.Start(context);
            if (start.Refusal is not null)
            {
                await RefuseAsync(context, start.Refusal);
                return;
            }

            // Not cancelled when the client goes away: the click has happened.
            var position = await start.Append;
            if (start.Trace is { } trace)
                _traces.Follow(trace, position);
            Answer(context.Response, start);
            Instruments.RedirectRequests.Add(1, Outcome(start.NonClick == NonClickReason.None ? "click" : "non_click"));
            CountReasons(start.Verdict);
            if (start.OverBudget)
                BudgetInstruments.OverBudgetClicks.Add(1);
            Instruments.RedirectDuration.Record(_time.GetElapsedTime(started).TotalSeconds);
        }
        catch (LogOverloadedException)
        {
            await RefuseAsync(context, RedirectProblems.Overloaded);
        }
        catch (LogUnavailableException exception)
        {
            // Whether it was written is unknown; the id in the link makes the retry we ask for harmless.
            LogNotRecorded(_logger, exception);
            await RefuseAsync(context, RedirectProblems.LogUnavailable);
        }
        finally
        {
            _traces.End(start.Trace);
            _gate.Exit();
        }
    }

    private void Answer(HttpResponse response, in RedirectStart start)
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
        if (start.Cookie is not null)
            response.Headers.SetCookie = start.Cookie;
    }

    private static Task RefuseAsync(HttpContext context, Problem problem)
    {
        Instruments.RedirectRequests.Add(1, Outcome(problem.Code));
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "1";
        return problem.WriteAsync(context);
    }

    private static void CountReasons(Verdict verdict)
    {
        foreach (var reason in verdict.Reasons)
            Instruments.VerdictReasons.Add(1, new("tier", verdict.Tier.Code()), new("reason", reason.Code()));
    }

    private static KeyValuePair<string, object?> Outcome(string code) => new("outcome", code);
}

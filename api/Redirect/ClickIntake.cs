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
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.Redirect;

/// <summary>
/// What every way in shares: the bound on clicks in flight, the recording, and the counting of what became of each request.
/// Thread-safe; one instance serves all.
/// </summary>
public sealed partial class ClickIntake : IDisposable
{
    private readonly ClickRecorder _recorder;
    private readonly InFlightGate _gate;
    private readonly ClickTraces _traces;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TimeSpan _maxQueueDelay;
    private LoopbackProbe? _probe;
    private QueueDelay? _delay;

    /// <summary>With the links it accepts, the ads it knows, what it thinks of visitors, which campaigns are over budget, the log it writes and which clicks are traced.</summary>
    public ClickIntake(
        LinkVerifier links, CatalogCache catalog, TrafficJudge judge, VelocityJudge velocity, BudgetBoard budgets, IClickLog log, IOptions<RedirectOptions> options,
        TimeProvider time, ILogger<ClickIntake> logger, ClickTraces traces)
    {
        ArgumentNullException.ThrowIfNull(options);
        _recorder = new ClickRecorder(links, catalog, judge, velocity, budgets, log, time, traces);
        _traces = traces;
        _gate = new InFlightGate(options.Value.MaxInFlight);
        (_time, _logger, _maxQueueDelay) = (time, logger, options.Value.MaxQueueDelay);
    }

    /// <inheritdoc/>
    public void Dispose() => _probe?.Dispose();

    /// <summary>Begins to watch how long requests wait before they get here. Once, before the first.</summary>
    internal void WatchQueueDelay()
    {
        if (_maxQueueDelay == TimeSpan.Zero)
            return;
        _delay = new QueueDelay(_maxQueueDelay, _time, () => _probe!.Send());
        _probe = new LoopbackProbe(_delay.Arrived);
    }

    /// <summary>Takes a place for one click; false when there is none or clicks wait too long already, which is to be answered <see cref="RedirectProblems.Overloaded"/>.
    /// Who has a place gives it back with <see cref="Leave"/>.</summary>
    internal bool TryEnter() => _delay?.IsOver(_time.GetTimestamp()) != true && _gate.TryEnter();

    /// <summary>Gives the place back, whatever became of the click.</summary>
    internal void Leave(in RedirectStart start)
    {
        _traces.End(start.Trace);
        _gate.Exit();
    }

    /// <summary>When a request came in, for <see cref="Recorded"/>.</summary>
    internal long Now() => _time.GetTimestamp();

    /// <summary>Starts the append of one request's event. Its task is not cancelled when the client goes away: the click has happened.</summary>
    /// <exception cref="LogException">The log refuses at once.</exception>
    internal RedirectStart Start(in ClickRequest request) => _recorder.Start(request);

    /// <summary>The event is durable.</summary>
    internal void Recorded(in RedirectStart start, LogPosition position, long startedAt)
    {
        if (start.Trace is { } trace)
            _traces.Follow(trace, position);
        Instruments.RedirectRequests.Add(1, Outcome(start.NonClick == NonClickReason.None ? "click" : "non_click"));
        foreach (var reason in start.Verdict.Reasons)
            Instruments.VerdictReasons.Add(1, new("tier", start.Verdict.Tier.Code()), new("reason", reason.Code()));
        if (start.OverBudget)
            BudgetInstruments.OverBudgetClicks.Add(1);
        Instruments.RedirectDuration.Record(_time.GetElapsedTime(startedAt).TotalSeconds);
    }

    /// <summary>What to answer when the log didn't take the event.</summary>
    internal Problem NotRecorded(LogException exception)
    {
        if (exception is LogOverloadedException)
            return RedirectProblems.Overloaded;
        // Whether it was written is unknown; the id in the link makes the retry we ask for harmless.
        LogNotRecorded(_logger, exception);
        return RedirectProblems.LogUnavailable;
    }

    /// <summary>A request is answered with a problem.</summary>
    internal static void Refused(Problem problem) => Instruments.RedirectRequests.Add(1, Outcome(problem.Code));

    private static KeyValuePair<string, object?> Outcome(string code) => new("outcome", code);
}

using ClickFuncs.Batch.Workflows.Journal;

namespace ClickFuncs.Batch.Workflows.Replay;

/// <summary>
/// The code of one execution, fed event by event. What it decides depends on the events and their order alone, so feeding it a
/// journal again brings it back to where it was. Does no I/O; one turn at a time.
/// </summary>
internal sealed class WorkflowTurns
{
    private readonly WorkflowCatalog _catalog;
    private readonly WorkflowRun _run;
    private readonly TurnSynchronization _turns;
    private readonly ReplayContext _context;
    private Task<string>? _code;

    /// <param name="catalog">Has the workflow.</param>
    /// <param name="run">The execution.</param>
    /// <param name="strayed">Called, on any thread, when the code awaited something that is not from its context.</param>
    public WorkflowTurns(WorkflowCatalog catalog, WorkflowRun run, Action strayed)
    {
        (_catalog, _run) = (catalog, run);
        _turns = new TurnSynchronization(strayed);
        _context = new ReplayContext(catalog, run, _turns);
    }

    /// <summary>Steps that are under way, by number.</summary>
    public IReadOnlyDictionary<int, PendingStep> Pending => _context.Pending;

    /// <summary>Time of the last event the code saw.</summary>
    public DateTimeOffset Now => _context.Now;

    /// <summary>The journal is caught up with: what comes now happens for the first time.</summary>
    public void GoLive() => _context.IsReplaying = false;

    /// <summary>Feeds the code an event and gives what it decided upon it; an end is the last decision.</summary>
    /// <exception cref="WorkflowDivergedException">The event is about a step that the code has not scheduled.</exception>
    public IReadOnlyList<JournalEntry> Feed(JournalEntry input)
    {
        _context.BeginTurn(input.At);
        try
        {
            _turns.Run(() => Dispatch(input));
        }
        catch (Exception failure) when (failure is not WorkflowDivergedException)
        {
            // What escapes a turn is no answer of the workflow's task: it was thrown in code that nobody awaits.
            return [.. _context.TakeDecisions(), Failed(failure)];
        }

        var decisions = _context.TakeDecisions();
        if (_code!.IsCompleted)
            decisions.Add(End(_code));
        else if (_context.Pending.Count == 0)
            decisions.Add(Failed(new ForeignAwaitException(_run.Status.InstanceId)));
        return decisions;
    }

    /// <summary>The end of an execution by a failure.</summary>
    public JournalEntry Failed(Exception failure) => new()
    {
        Kind = JournalEntryKind.Failed,
        At = Now,
        Body = WorkflowJson.Write(FailureDetails.Of(failure), "A failure"),
    };

    private void Dispatch(JournalEntry input)
    {
        if (input.Kind == JournalEntryKind.Started)
            _code = _catalog.RunWorkflowAsync(_run.Status.Workflow, _context, input.Body!);
        else
            _context.End(input);
    }

    private JournalEntry End(Task<string> code) => code.IsCompletedSuccessfully
        ? new JournalEntry { Kind = JournalEntryKind.Completed, At = Now, Body = code.Result }
        : Failed(code.Exception?.InnerException ?? new TaskCanceledException("The workflow's code cancelled itself."));
}

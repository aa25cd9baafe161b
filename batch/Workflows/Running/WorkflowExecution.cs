using ClickFuncs.Batch.Workflows.Journal;
using ClickFuncs.Batch.Workflows.Replay;

namespace ClickFuncs.Batch.Workflows.Running;

/// <summary>
/// Takes one execution from what its journal says to its end: replays, begins what is under way, then one event after the
/// other: write it down, feed it to the code, write down what the code decided, begin that. Every write comes before what it
/// allows, so the process may die between any two lines.
/// </summary>
internal sealed class WorkflowExecution : IAsyncDisposable
{
    private readonly RunnerServices _services;
    private readonly StepRunner _steps;
    private readonly WorkflowTurns _turns;
    private WorkflowRun _run;

    /// <param name="run">Its head, as of any time.</param>
    /// <param name="services">What all executions share.</param>
    public WorkflowExecution(WorkflowRun run, RunnerServices services)
    {
        (_run, _services) = (run, services);
        _steps = new StepRunner(run.Key, services);
        _turns = new WorkflowTurns(services.Catalog, run, () => _steps.Tell(new StepReport.Strayed()));
    }

    /// <summary>Runs to the end, or until the runner stops.</summary>
    /// <returns>How it ended; null if it was put aside, to be resumed at the next start.</returns>
    public async Task<WorkflowStatus?> RunAsync()
    {
        await ResumeAsync();
        while (!_run.Status.HasEnded && _steps.UnderWay > 0)
            await TakeAsync(await _steps.NextAsync());
        return _run.Status.HasEnded ? _run.Status : null;
    }

    /// <summary>Cancels the run.</summary>
    /// <returns>True once it is durable that it will end; false if it has ended or is not looked after now.</returns>
    public async Task<bool> CancelAsync(string reason)
    {
        var recorded = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _steps.Tell(new StepReport.CancelAsked(reason, recorded)) && await recorded.Task;
    }

    /// <summary>Stops what is under way.</summary>
    public ValueTask DisposeAsync() => _steps.DisposeAsync();

    private async Task ResumeAsync()
    {
        var journal = await _services.Journal.ReadAsync(_run.Key, _services.Stopping);
        foreach (var entry in journal.Skip((int)_run.NextSequence))
            _run = RunProjection.Apply(_run, entry);
        if (_run.Status.HasEnded)
            return;
        Replayed replayed;
        try
        {
            replayed = JournalReplay.Run(_run.Status.InstanceId, journal, _turns);
        }
        catch (WorkflowDivergedException divergence)
        {
            await DecideAsync([_turns.Failed(divergence)]);
            return;
        }

        _turns.GoLive();
        if (replayed.Cancel is { } cancel)
        {
            await EndAsync([Cancelled(cancel)]);
            return;
        }

        var undecided = replayed.Undecided.Select(decision => decision.Step).ToHashSet();
        var waiting = _turns.Pending.Values.Where(step => !undecided.Contains(step.Scheduled.Step)).ToList();
        if (journal.Count > 1)
            _services.Log.Resumed(_run.Status.Workflow, _run.Status.InstanceId, _run.Status.StepsDone, waiting.Count);
        await DecideAsync(replayed.Undecided);
        if (_run.Status.HasEnded)
            return;
        foreach (var step in waiting)
            Begin(step, replayed.Attempts.GetValueOrDefault(step.Scheduled.Step));
    }

    private async Task TakeAsync(StepReport report)
    {
        switch (report)
        {
            case StepReport.Succeeded succeeded:
                await FeedAsync(Entry(JournalEntryKind.StepCompleted, succeeded.Step) with { Body = succeeded.Output });
                break;
            case StepReport.Failed { IsFinal: true } failed:
                _services.Log.StepFailed(_run.Status.InstanceId, failed.Step, failed.Failure.Message);
                await FeedAsync(Entry(JournalEntryKind.StepFailed, failed.Step) with { Body = Json(failed.Failure) });
                break;
            case StepReport.Failed failed:
                await RestAsync(failed);
                break;
            case StepReport.CancelAsked asked:
                await EndCancelledAsync(asked);
                break;
            case StepReport.Strayed:
                await DecideAsync([_turns.Failed(new ForeignAwaitException(_run.Status.InstanceId))]);
                break;
            case StepReport.Broken broken:
                throw new WorkflowRunException(_run.Status.InstanceId, broken.Failure);
            case StepReport.PutAside:
                break;
        }
    }

    private async Task FeedAsync(JournalEntry input)
    {
        await WriteAsync([input]);
        await DecideAsync(_turns.Feed(input));
    }

    private async Task DecideAsync(IReadOnlyList<JournalEntry> decisions)
    {
        if (decisions.Count == 0)
            return;
        if (decisions[^1].IsEnd)
        {
            await EndAsync(decisions);
            return;
        }

        await WriteAsync(decisions);
        foreach (var decision in decisions)
        {
            if (_turns.Pending.GetValueOrDefault(decision.Step) is { } step)
                Begin(step, lastFailure: null);
        }
    }

    private async Task RestAsync(StepReport.Failed failed)
    {
        var step = _turns.Pending[failed.Step];
        var entry = Entry(JournalEntryKind.AttemptFailed, failed.Step) with
        {
            Attempt = failed.Attempt,
            Due = _services.Now + step.Retry.DelayAfter(failed.Attempt),
            Body = Json(failed.Failure),
        };
        await WriteAsync([entry]);
        Begin(step, entry);
    }

    private async Task EndCancelledAsync(StepReport.CancelAsked asked)
    {
        var entry = Entry(JournalEntryKind.CancelRequested, step: -1) with { Body = Json(FailureDetails.Cancelled(asked.Reason)) };
        try
        {
            await WriteAsync([entry]);
        }
        catch (Exception failure)
        {
            asked.Recorded.TrySetException(failure);
            throw;
        }

        asked.Recorded.TrySetResult(true);
        await EndAsync([Cancelled(entry)]);
    }

    // What is under way stops before the end is written: with that the id is free, and two executions must not run side by side.
    private async Task EndAsync(IReadOnlyList<JournalEntry> decisions)
    {
        if (_turns.Pending.Count > 0)
            _services.Log.CutOff(_run.Status.InstanceId, _turns.Pending.Count);
        await _steps.StopAsync();
        foreach (var child in _turns.Pending.Values.Where(step => step.Scheduled.Kind == JournalEntryKind.ChildScheduled))
        {
            var parent = new ParentStep(_run.Status.InstanceId, _run.Status.Execution, child.Scheduled.Step);
            await _services.Children.CancelAsync(parent, $"The run '{_run.Status.InstanceId}' that called it has ended.");
        }

        await WriteAsync(decisions);
        _services.Log.Ended(_run.Status);
    }

    private void Begin(PendingStep step, JournalEntry? lastFailure) => _steps.Begin(
        step, (lastFailure?.Attempt ?? 0) + 1, lastFailure?.Due ?? step.Scheduled.Due ?? DateTimeOffset.MinValue);

    private async Task WriteAsync(IReadOnlyList<JournalEntry> entries)
    {
        await _services.Journal.AppendAsync(_run.Key, _run.NextSequence, entries, CancellationToken.None);
        _run = entries.Aggregate(_run, RunProjection.Apply);
    }

    private JournalEntry Entry(JournalEntryKind kind, int step)
    {
        var now = _services.Now;
        return new JournalEntry { Kind = kind, At = now > _run.Status.UpdatedAt ? now : _run.Status.UpdatedAt, Step = step };
    }

    private JournalEntry Cancelled(JournalEntry request) => Entry(JournalEntryKind.Cancelled, step: -1) with { Body = request.Body };

    private static string Json(FailureDetails failure) => WorkflowJson.Write(failure, "A failure");
}

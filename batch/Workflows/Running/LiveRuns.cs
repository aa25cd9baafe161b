using ClickFuncs.Batch.Workflows.Journal;

namespace ClickFuncs.Batch.Workflows.Running;

/// <summary>The executions that are looked after now, and the runs that they call.</summary>
internal sealed class LiveRuns : IChildRuns, IDisposable
{
    private readonly Dictionary<ExecutionKey, (LiveRun Run, Task Task)> _runs = [];
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly RunnerServices _services;
    private volatile JournalConflictException? _takenOver;
    private bool _isStopping;

    public LiveRuns(WorkflowCatalog catalog, IWorkflowJournal journal, TimeProvider time, SemaphoreSlim slots, RunnerLog log) =>
        _services = new RunnerServices(catalog, journal, time, slots, this, log, _stopping.Token);

    /// <summary>Cancelled when the runner stops.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Looks after an execution from now on.</summary>
    /// <returns>It; null if the catalog does not have its workflow.</returns>
    /// <exception cref="InvalidOperationException">The runner stops, or has lost its journal.</exception>
    public LiveRun? Attach(WorkflowRun run)
    {
        if (!_services.Catalog.HasWorkflow(run.Status.Workflow))
        {
            _services.Log.Unknown(run.Status.Workflow, run.Status.InstanceId);
            return null;
        }

        lock (_lock)
        {
            RequireRunning();
            if (_runs.TryGetValue(run.Key, out var there))
                return there.Run;
            var live = new LiveRun(run, _services, GiveUpAsync);
            _runs[run.Key] = (live, Task.Run(() => LookAfterAsync(run.Key, live)));
            return live;
        }
    }

    /// <summary>Refuses work that nobody would do.</summary>
    /// <exception cref="InvalidOperationException">The runner stops, or has lost its journal.</exception>
    public void RequireRunning()
    {
        lock (_lock)
        {
            if (_isStopping)
                throw new InvalidOperationException(_takenOver?.Message ?? "The workflow runner is stopping; ask again after its next start.", _takenOver);
        }
    }

    /// <summary>Cancels the execution that is found, unless it has ended.</summary>
    /// <returns>Its end, if it is looked after here; null if there was nothing to cancel, or it could be ended at once.</returns>
    public async Task<(bool IsCancelled, LiveRun? Run)> CancelAsync(Func<ValueTask<WorkflowRun?>> find, string reason)
    {
        // Asked again if it ended or had to begin again at just that moment.
        for (; await find() is { Status.HasEnded: false } run; await Task.Yield())
        {
            if (Attach(run) is not { } live)
            {
                await EndUnknownAsync(run, reason);
                return (true, null);
            }

            if (await live.CancelAsync(reason))
                return (true, live);
        }

        return (false, null);
    }

    /// <summary>Tells everything to stop and waits until it has.</summary>
    public async Task StopAsync()
    {
        Task[] tasks;
        lock (_lock)
        {
            _isStopping = true;
            tasks = [.. _runs.Values.Select(run => run.Task)];
        }

        await _stopping.CancelAsync();
        await Task.WhenAll(tasks);
    }

    /// <inheritdoc/>
    public async Task<WorkflowStatus?> RunAsync(ParentStep parent, JournalEntry scheduled, CancellationToken cancellationToken)
    {
        var run = await _services.Journal.FindChildAsync(parent, cancellationToken);
        if (run == null)
        {
            var start = new NewExecution(scheduled.Target!, scheduled.Name!, scheduled.Body!, _services.Now, StartPolicy.AgainWhenEnded, parent);
            var begun = await _services.Journal.BeginAsync(start, cancellationToken);
            if (!begun.IsNew)
                return null;
            _services.Log.Started(begun.Run.Status);
            run = begun.Run;
        }

        if (run.Status.HasEnded)
            return run.Status;
        var ended = Attach(run) is { } live ? await live.Ended.WaitAsync(cancellationToken) : null;
        // Put aside because the runner stops: so is the caller.
        return ended ?? throw new OperationCanceledException($"Run '{scheduled.Target}' was put aside.");
    }

    /// <inheritdoc/>
    public async Task CancelAsync(ParentStep parent, string reason)
    {
        var (_, live) = await CancelAsync(() => _services.Journal.FindChildAsync(parent, CancellationToken.None), reason);
        if (live != null)
            await live.Ended;
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private async Task LookAfterAsync(ExecutionKey execution, LiveRun live)
    {
        await live.RunAsync();
        lock (_lock)
            _runs.Remove(execution);
    }

    // Nobody runs it, so nothing has to be stopped first.
    private async Task EndUnknownAsync(WorkflowRun run, string reason)
    {
        var body = WorkflowJson.Write(FailureDetails.Cancelled(reason), "A reason");
        JournalEntry[] entries =
        [
            new() { Kind = JournalEntryKind.CancelRequested, At = _services.Now, Body = body },
            new() { Kind = JournalEntryKind.Cancelled, At = _services.Now, Body = body },
        ];
        await _services.Journal.AppendAsync(run.Key, run.NextSequence, entries, CancellationToken.None);
    }

    // Whatever is remembered here is out of date, so nothing may go on.
    private async Task GiveUpAsync(JournalConflictException conflict)
    {
        lock (_lock)
        {
            if (_isStopping)
                return;
            (_isStopping, _takenOver) = (true, conflict);
        }

        _services.Log.TakenOver(conflict);
        await _stopping.CancelAsync();
    }
}

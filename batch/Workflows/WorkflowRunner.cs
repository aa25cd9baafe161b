using ClickFuncs.Batch.Workflows.Journal;
using ClickFuncs.Batch.Workflows.Running;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Batch.Workflows;

/// <summary>
/// Runs workflows in this process, from a journal: every step is written down before the workflow goes on, so that whatever
/// happens to the process the next one resumes where it was. One runner owns a journal at a time.
/// </summary>
public sealed class WorkflowRunner : IWorkflowClient, IAsyncDisposable
{
    private readonly WorkflowCatalog _catalog;
    private readonly IWorkflowJournal _journal;
    private readonly TimeProvider _time;
    private readonly RunnerLog _log;
    private readonly SemaphoreSlim _slots;
    private readonly LiveRuns _runs;
    private readonly RunRetention _retention;
    private Task _retaining = Task.CompletedTask;

    /// <summary>A runner that does nothing until it is told to.</summary>
    /// <param name="catalog">The workflows and activities.</param>
    /// <param name="journal">Where everything is written; the caller closes it after the runner.</param>
    /// <param name="options">How.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it logs.</param>
    public WorkflowRunner(
        WorkflowCatalog catalog, IWorkflowJournal journal, WorkflowOptions options, TimeProvider time, ILogger<WorkflowRunner> logger)
    {
        (_catalog, _journal, _time, _log) = (catalog, journal, time, new RunnerLog(logger));
        _slots = new SemaphoreSlim(options.Parallelism);
        _runs = new LiveRuns(catalog, journal, time, _slots, _log);
        _retention = new RunRetention(journal, options, time, _log);
    }

    /// <summary>Resumes every run that has not ended, and begins retention.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        foreach (var run in await _journal.ListUnfinishedAsync(cancellationToken))
            _runs.Attach(run);
        _retaining = _retention.RunAsync(_runs.Stopping);
    }

    /// <inheritdoc/>
    public async Task<StartResult> StartAsync<TIn, TOut>(
        Workflow<TIn, TOut> workflow, string instanceId, TIn input, StartPolicy policy, CancellationToken cancellationToken)
    {
        InstanceIds.Check(instanceId);
        if (!_catalog.HasWorkflow(workflow.Name))
            throw new ArgumentException($"There is no workflow '{workflow.Name}' in the catalog; add it where the host is composed.", nameof(workflow));
        var json = WorkflowJson.Write(input, $"The input of workflow '{workflow.Name}'");
        _runs.RequireRunning();
        var start = new NewExecution(instanceId, workflow.Name, json, JournalTime.Of(_time), policy, Parent: null);
        var begun = await _journal.BeginAsync(start, cancellationToken);
        if (begun.IsNew)
            _log.Started(begun.Run.Status);
        // Also one that was there: if its start was cut off between journal and here, nobody looks after it.
        if (!begun.Run.Status.HasEnded)
            _runs.Attach(begun.Run);
        var outcome = begun.IsNew ? StartOutcome.Started : begun.Run.Status.HasEnded ? StartOutcome.AlreadyEnded : StartOutcome.AlreadyRunning;
        return new StartResult(outcome, begun.Run.Status);
    }

    /// <inheritdoc/>
    public async Task<WorkflowStatus?> GetAsync(string instanceId, CancellationToken cancellationToken) =>
        (await _journal.FindAsync(instanceId, cancellationToken))?.Status;

    /// <inheritdoc/>
    public async Task<WorkflowPage> ListAsync(string prefix, int limit, string? continuation, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await _journal.ListAsync(prefix, limit, continuation, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> CancelAsync(string instanceId, string reason, CancellationToken cancellationToken)
    {
        var (isCancelled, _) = await _runs
            .CancelAsync(() => _journal.FindAsync(instanceId, cancellationToken), reason).WaitAsync(cancellationToken);
        return isCancelled;
    }

    /// <inheritdoc/>
    public async Task<WorkflowStatus> WaitAsync(string instanceId, CancellationToken cancellationToken)
    {
        var run = await _journal.FindAsync(instanceId, cancellationToken)
            ?? throw new KeyNotFoundException($"There is no run '{instanceId}'.");
        if (run.Status.HasEnded)
            return run.Status;
        var live = _runs.Attach(run)
            ?? throw new InvalidOperationException($"Nobody runs '{instanceId}': this program has no workflow '{run.Status.Workflow}'.");
        return await live.Ended.WaitAsync(cancellationToken)
            ?? throw new InvalidOperationException($"The workflow runner was stopped before '{instanceId}' ended; its next start resumes it.");
    }

    /// <summary>Tells what is under way to stop, waits until it has and keeps what it has done. The next start resumes the rest.</summary>
    public async ValueTask DisposeAsync()
    {
        await _runs.StopAsync();
        await _retaining;
        _runs.Dispose();
        _slots.Dispose();
    }
}

namespace ClickFuncs.Batch.Workflows.Journal;

/// <summary>A journal that calls a hook around every write of a run: the fault points of the runner.</summary>
public sealed class HookedJournal(IWorkflowJournal journal, IJournalHook hook) : IWorkflowJournal
{
    /// <inheritdoc/>
    public async ValueTask<Begun> BeginAsync(NewExecution start, CancellationToken cancellationToken)
    {
        await hook.BeforeWriteAsync(JournalPoints.Started);
        var begun = await journal.BeginAsync(start, cancellationToken);
        await hook.AfterWriteAsync(JournalPoints.Started);
        return begun;
    }

    /// <inheritdoc/>
    public async ValueTask AppendAsync(
        ExecutionKey execution, long firstSequence, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        var point = JournalPoints.Of(entries);
        await hook.BeforeWriteAsync(point);
        await journal.AppendAsync(execution, firstSequence, entries, cancellationToken);
        await hook.AfterWriteAsync(point);
    }

    /// <summary>Not hooked: retention comes at times of its own, and would give the writes of a run other numbers each time.</summary>
    public ValueTask<int> DeleteEndedAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        journal.DeleteEndedAsync(before, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(ExecutionKey execution, CancellationToken cancellationToken) =>
        journal.ReadAsync(execution, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WorkflowRun?> FindAsync(string instanceId, CancellationToken cancellationToken) =>
        journal.FindAsync(instanceId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WorkflowRun?> FindChildAsync(ParentStep parent, CancellationToken cancellationToken) =>
        journal.FindChildAsync(parent, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WorkflowRun>> ListUnfinishedAsync(CancellationToken cancellationToken) =>
        journal.ListUnfinishedAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WorkflowPage> ListAsync(string prefix, int limit, string? continuation, CancellationToken cancellationToken) =>
        journal.ListAsync(prefix, limit, continuation, cancellationToken);
}

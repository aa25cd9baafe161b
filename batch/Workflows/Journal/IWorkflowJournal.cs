namespace ClickFuncs.Batch.Workflows.Journal;

/// <summary>
/// Keeps the journals of all executions. Every write is atomic and durable on return, and is refused once another owner has
/// opened the same journal. Calls may come from several threads.
/// </summary>
public interface IWorkflowJournal
{
    /// <summary>Begins an execution with its first entry, if <see cref="RunProjection.MayBegin"/> allows.</summary>
    ValueTask<Begun> BeginAsync(NewExecution start, CancellationToken cancellationToken);

    /// <summary>Adds entries to the journal of an execution, and what they sum up to.</summary>
    /// <param name="execution">Which.</param>
    /// <param name="firstSequence">Number of the first of them; it must be the next one.</param>
    /// <param name="entries">At least one.</param>
    /// <param name="cancellationToken">Stops waiting; a write that has begun is finished.</param>
    /// <exception cref="JournalConflictException">Somebody else wrote in between, or owns the journal now.</exception>
    ValueTask AppendAsync(
        ExecutionKey execution, long firstSequence, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken);

    /// <summary>The whole journal of an execution, in order.</summary>
    ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(ExecutionKey execution, CancellationToken cancellationToken);

    /// <summary>The newest execution of an id; null if there is none.</summary>
    ValueTask<WorkflowRun?> FindAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>The execution that a step of another started; null if it has not.</summary>
    ValueTask<WorkflowRun?> FindChildAsync(ParentStep parent, CancellationToken cancellationToken);

    /// <summary>Every execution that has not ended, oldest first.</summary>
    ValueTask<IReadOnlyList<WorkflowRun>> ListUnfinishedAsync(CancellationToken cancellationToken);

    /// <summary>The newest executions of ids with a prefix, in descending ordinal order of the ids.</summary>
    ValueTask<WorkflowPage> ListAsync(string prefix, int limit, string? continuation, CancellationToken cancellationToken);

    /// <summary>Deletes executions, with their journals, that ended before a time.</summary>
    /// <returns>How many, at most <paramref name="limit"/>.</returns>
    ValueTask<int> DeleteEndedAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}

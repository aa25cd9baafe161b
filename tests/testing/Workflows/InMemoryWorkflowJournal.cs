using ClickFuncs.Batch.Workflows;
using ClickFuncs.Batch.Workflows.Journal;

namespace ClickFuncs.Testing.Workflows;

/// <summary>A journal in memory, plain enough to be believed. It outlives the runners that use it, as a file outlives processes.</summary>
public sealed class InMemoryWorkflowJournal : IWorkflowJournal
{
    private readonly Lock _lock = new();
    private readonly List<(WorkflowRun Run, List<JournalEntry> Entries)> _executions = [];

    public ValueTask<Begun> BeginAsync(NewExecution start, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var newest = Newest(start.InstanceId);
            if (!RunProjection.MayBegin(start, newest))
                return ValueTask.FromResult(new Begun(false, newest!));
            var run = RunProjection.Begin(start, newest);
            _executions.Add((run, [RunProjection.FirstEntry(start)]));
            return ValueTask.FromResult(new Begun(true, run));
        }
    }

    public ValueTask AppendAsync(ExecutionKey execution, long firstSequence, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var at = _executions.FindIndex(stored => stored.Run.Key == execution);
            if (at < 0 || _executions[at].Entries.Count != firstSequence)
                throw new JournalConflictException($"Run '{execution.InstanceId}' was written by somebody else.");
            _executions[at].Entries.AddRange(entries);
            _executions[at] = (entries.Aggregate(_executions[at].Run, RunProjection.Apply), _executions[at].Entries);
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(ExecutionKey execution, CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult<IReadOnlyList<JournalEntry>>([.. _executions.Where(stored => stored.Run.Key == execution).SelectMany(stored => stored.Entries)]);
    }

    public ValueTask<WorkflowRun?> FindAsync(string instanceId, CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult(Newest(instanceId));
    }

    public ValueTask<WorkflowRun?> FindChildAsync(ParentStep parent, CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult<WorkflowRun?>(_executions.Find(stored => stored.Run.Parent == parent).Run);
    }

    public ValueTask<IReadOnlyList<WorkflowRun>> ListUnfinishedAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult<IReadOnlyList<WorkflowRun>>([.. _executions.Select(stored => stored.Run).Where(run => !run.Status.HasEnded)
                .OrderBy(run => run.Status.CreatedAt).ThenBy(run => run.Status.InstanceId, StringComparer.Ordinal)]);
        }
    }

    public ValueTask<WorkflowPage> ListAsync(string prefix, int limit, string? continuation, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var found = _executions.Select(stored => stored.Run.Status)
                .Where(status => status.InstanceId.StartsWith(prefix, StringComparison.Ordinal))
                .Where(status => continuation == null || string.CompareOrdinal(status.InstanceId, continuation) < 0)
                .GroupBy(status => status.InstanceId).Select(executions => executions.MaxBy(status => status.Execution)!)
                .OrderByDescending(status => status.InstanceId, StringComparer.Ordinal).ToList();
            return ValueTask.FromResult(new WorkflowPage([.. found.Take(limit)], found.Count > limit ? found[limit - 1].InstanceId : null));
        }
    }

    public ValueTask<int> DeleteEndedAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var old = _executions.Where(stored => stored.Run.Status.HasEnded && stored.Run.Status.UpdatedAt < before)
                .OrderBy(stored => stored.Run.Status.UpdatedAt).Take(limit).ToList();
            _executions.RemoveAll(stored => old.Exists(gone => gone.Run.Key == stored.Run.Key));
            return ValueTask.FromResult(old.Count);
        }
    }

    private WorkflowRun? Newest(string instanceId) => _executions
        .Select(stored => stored.Run).Where(run => run.Status.InstanceId == instanceId).MaxBy(run => run.Status.Execution);
}

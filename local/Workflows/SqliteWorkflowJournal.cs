using ClickFuncs.Batch.Workflows;
using ClickFuncs.Batch.Workflows.Journal;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Workflows;

/// <summary>
/// The journal of workflows on one machine. A write is one SQLite transaction, synced before it returns, and refused if the file
/// has a newer owner. One connection, one call at a time: a step costs a sync of the disk, which is nothing to what it does.
/// </summary>
internal sealed class SqliteWorkflowJournal : IWorkflowJournal, IDisposable
{
    private readonly WorkflowFile _file;
    private readonly WorkflowReader _reader;
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Opens the file, or makes it, and becomes its owner.</summary>
    /// <exception cref="WorkflowStoreException">Another process has it open, or it is none that this program can use.</exception>
    public SqliteWorkflowJournal(string path)
    {
        _file = WorkflowFile.Open(path);
        _reader = new WorkflowReader(_file.Connection);
    }

    /// <inheritdoc/>
    public ValueTask<Begun> BeginAsync(NewExecution start, CancellationToken cancellationToken) => WriteAsync(
        transaction =>
        {
            var newest = _reader.FindNewest(start.InstanceId);
            if (!RunProjection.MayBegin(start, newest))
                return new Begun(false, newest!);
            var run = RunProjection.Begin(start, newest);
            WriteRun(transaction, WorkflowStatements.AddRun, run);
            AddEntries(transaction, run.Key, 0, [RunProjection.FirstEntry(start)]);
            return new Begun(true, run);
        },
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask AppendAsync(
        ExecutionKey execution, long firstSequence, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken) =>
        await WriteAsync(
            transaction =>
            {
                var run = _reader.Find(execution);
                if (run?.NextSequence != firstSequence)
                    throw new JournalConflictException(FormattableString.Invariant(
                        $"Run '{execution.InstanceId}' ({execution.Execution}) has {run?.NextSequence ?? 0} entries, not {firstSequence}: somebody else wrote its journal."));
                AddEntries(transaction, execution, firstSequence, entries);
                WriteRun(transaction, WorkflowStatements.UpdateRun, entries.Aggregate(run, RunProjection.Apply));
                return run;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> DeleteEndedAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) => WriteAsync(
        transaction =>
        {
            var old = _reader.ReadEndedBefore(before, limit);
            foreach (var execution in old)
            {
                Execute(transaction, WorkflowStatements.DeleteEntries, execution);
                Execute(transaction, WorkflowStatements.DeleteRun, execution);
            }

            return old.Count;
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(ExecutionKey execution, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.ReadJournal(execution), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WorkflowRun?> FindAsync(string instanceId, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.FindNewest(instanceId), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WorkflowRun?> FindChildAsync(ParentStep parent, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.FindChild(parent), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WorkflowRun>> ListUnfinishedAsync(CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.ReadUnfinished(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WorkflowPage> ListAsync(string prefix, int limit, string? continuation, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.ReadPage(prefix, limit, continuation), cancellationToken);

    /// <summary>Closes the file; nothing may be under way any more.</summary>
    public void Dispose()
    {
        _reader.Dispose();
        _file.Dispose();
        _gate.Dispose();
    }

    private async ValueTask<T> WriteAsync<T>(Func<SqliteTransaction, T> write, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            using var transaction = _file.Connection.BeginTransaction(deferred: false);
            RequireOwnership(transaction);
            var result = write(transaction);
            transaction.Commit();
            return result;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask<T> ReadAsync<T>(Func<WorkflowReader, T> read, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return read(_reader);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void RequireOwnership(SqliteTransaction transaction)
    {
        using var command = Command(transaction, WorkflowStatements.Owner);
        if ((long)command.ExecuteScalar()! != _file.Token)
            throw new JournalConflictException("Another process has opened workflows.db since; this one must not write to it any more. Restart it.");
    }

    private void AddEntries(SqliteTransaction transaction, ExecutionKey execution, long firstSequence, IReadOnlyList<JournalEntry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            using var command = Command(transaction, WorkflowStatements.AddEntry);
            WorkflowRows.Bind(command, execution, firstSequence + i, entries[i]);
            command.ExecuteNonQuery();
        }
    }

    private void WriteRun(SqliteTransaction transaction, string statement, WorkflowRun run)
    {
        using var command = Command(transaction, statement);
        WorkflowRows.Bind(command, run);
        command.ExecuteNonQuery();
    }

    private void Execute(SqliteTransaction transaction, string statement, ExecutionKey execution)
    {
        using var command = Command(transaction, statement);
        WorkflowRows.Bind(command, execution);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(SqliteTransaction transaction, string statement)
    {
        var command = _file.Connection.CreateCommand();
        command.Transaction = transaction;
        // Constants of WorkflowStatements only.
#pragma warning disable CA2100
        command.CommandText = statement;
#pragma warning restore CA2100
        return command;
    }
}

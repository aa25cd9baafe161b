using ClickFuncs.Batch.Workflows;
using ClickFuncs.Batch.Workflows.Journal;
using ClickFuncs.Local.State;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Workflows;

/// <summary>Reads what is committed in <c>workflows.db</c>, also while another process runs workflows. Not thread-safe.</summary>
internal sealed class WorkflowReader(SqliteConnection connection) : IDisposable
{
    /// <summary>Opens a file to read only.</summary>
    /// <exception cref="WorkflowStoreException">It is no such file, or a newer one.</exception>
    public static WorkflowReader Open(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            connection.Open();
            WorkflowSchema.Check(connection, path);
            return new WorkflowReader(connection);
        }
        catch (SqliteException failure) when (SqliteStateFile.IsDamage(failure))
        {
            connection.Dispose();
            throw new WorkflowStoreException($"{path} can't be read as a database ({failure.Message}); restore it.", failure);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>An execution; null if there is none.</summary>
    public WorkflowRun? Find(ExecutionKey execution) => ReadRuns(WorkflowStatements.Run, command => WorkflowRows.Bind(command, execution)).SingleOrDefault();

    /// <summary>The newest execution of an id; null if there is none.</summary>
    public WorkflowRun? FindNewest(string instanceId) =>
        ReadRuns(WorkflowStatements.Newest, command => WorkflowRows.Set(command, "$instance", instanceId)).SingleOrDefault();

    /// <summary>The execution that a step started; null if there is none.</summary>
    public WorkflowRun? FindChild(ParentStep parent) =>
        ReadRuns(WorkflowStatements.Child, command => WorkflowRows.Bind(command, parent)).SingleOrDefault();

    /// <summary>Every execution that has not ended, oldest first.</summary>
    public IReadOnlyList<WorkflowRun> ReadUnfinished() => ReadRuns(WorkflowStatements.Unfinished, _ => { });

    /// <summary>A page of the newest executions.</summary>
    public WorkflowPage ReadPage(string prefix, int limit, string? continuation)
    {
        // One more than asked for says whether there is another page.
        var found = ReadRuns(WorkflowStatements.Page, command =>
        {
            WorkflowRows.Set(command, "$below", continuation ?? "\x7f");
            WorkflowRows.Set(command, "$prefix", prefix);
            WorkflowRows.Set(command, "$limit", limit + 1L);
        });
        WorkflowStatus[] runs = [.. found.Take(limit).Select(run => run.Status)];
        return new WorkflowPage(runs, found.Count > limit ? runs[^1].InstanceId : null);
    }

    /// <summary>The journal of an execution.</summary>
    public IReadOnlyList<JournalEntry> ReadJournal(ExecutionKey execution)
    {
        using var command = connection.CreateCommand();
        command.CommandText = WorkflowStatements.Journal;
        WorkflowRows.Bind(command, execution);
        using var rows = command.ExecuteReader();
        var entries = new List<JournalEntry>();
        while (rows.Read())
            entries.Add(WorkflowRows.ReadEntry(rows));
        return entries;
    }

    /// <summary>Some of the executions that ended before a time, oldest first.</summary>
    public IReadOnlyList<ExecutionKey> ReadEndedBefore(DateTimeOffset before, int limit)
    {
        using var command = connection.CreateCommand();
        command.CommandText = WorkflowStatements.EndedBefore;
        WorkflowRows.Set(command, "$before", before.ToUnixTimeMilliseconds());
        WorkflowRows.Set(command, "$limit", limit);
        using var rows = command.ExecuteReader();
        var executions = new List<ExecutionKey>();
        while (rows.Read())
            executions.Add(new ExecutionKey(rows.GetString(0), rows.GetInt32(1)));
        return executions;
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private List<WorkflowRun> ReadRuns(string statement, Action<SqliteCommand> bind)
    {
        using var command = connection.CreateCommand();
        // Constants of WorkflowStatements only.
#pragma warning disable CA2100
        command.CommandText = statement;
#pragma warning restore CA2100
        bind(command);
        using var rows = command.ExecuteReader();
        var runs = new List<WorkflowRun>();
        while (rows.Read())
            runs.Add(WorkflowRows.ReadRun(rows));
        return runs;
    }
}

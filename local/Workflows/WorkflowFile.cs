using ClickFuncs.Local.State;
using ClickFuncs.Local.Storage;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Workflows;

/// <summary>
/// <c>workflows.db</c>, open for the one process that runs workflows. The lock keeps others out; the token in the file keeps
/// out whoever believes to have the lock still, such as a process that was frozen with its file system taken from it.
/// </summary>
internal sealed class WorkflowFile : IDisposable
{
    private readonly FileStream _lock;

    private WorkflowFile(FileStream fileLock, SqliteConnection connection, long token) =>
        (_lock, Connection, Token) = (fileLock, connection, token);

    /// <summary>The connection that writes.</summary>
    public SqliteConnection Connection { get; }

    /// <summary>The fencing token of this opening.</summary>
    public long Token { get; }

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="WorkflowStoreException">Another process has it open, or it is none that this program can use.</exception>
    public static WorkflowFile Open(string path)
    {
        var fileLock = Lock(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            // FULL: a step is on the disk when its write returns.
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864");
            WorkflowSchema.Ensure(connection, path);
            DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return new WorkflowFile(fileLock, connection, TakeToken(connection));
        }
        catch (SqliteException failure) when (SqliteStateFile.IsDamage(failure))
        {
            Close();
            throw new WorkflowStoreException(
                $"{path} can't be read as a database ({failure.Message}); restore it, or move it away and start what was under way again.", failure);
        }
        catch
        {
            Close();
            throw;
        }

        void Close()
        {
            connection.Dispose();
            fileLock.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Connection.Dispose();
        _lock.Dispose();
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(Path.ChangeExtension(path, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure)
        {
            throw new WorkflowStoreException($"Another process runs the workflows of {path}. Only one can; ask that one, or stop it first.", failure);
        }
    }

    private static long TakeToken(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = WorkflowStatements.Own;
        WorkflowRows.Set(command, "$name", $"{Environment.MachineName}:{Environment.ProcessId}");
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        // A constant; a PRAGMA takes no parameters.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}

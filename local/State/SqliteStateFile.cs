using ClickFuncs.Local.Storage;
using ClickFuncs.State;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ClickFuncs.Local.State;

/// <summary>Opens connections to <c>state.db</c>.</summary>
internal sealed class SqliteStateFile
{
    private readonly SqliteStateOptions _options;
    private readonly string _path;
    private readonly bool _isNew;

    /// <summary>Makes the folders.</summary>
    public SqliteStateFile(SqliteStateOptions options)
    {
        _options = options;
        _path = Path.Combine(options.Directory, "state.db");
        SnapshotDirectory = Path.Combine(options.Directory, "snapshots");
        _isNew = !Directory.Exists(options.Directory);
        Directory.CreateDirectory(SnapshotDirectory);
    }

    public string SnapshotDirectory { get; }

    /// <summary>Opens for writing; makes the tables in a new file.</summary>
    /// <exception cref="StateCorruptException">The file has a newer format, is damaged or is something else.</exception>
    public StateWriter OpenWriter()
    {
        var connection = Open(SqliteOpenMode.ReadWriteCreate);
        try
        {
            // FULL: a commit is on the disk when it returns. The rest bounds the write-ahead log.
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
            Execute(connection, $"PRAGMA wal_autocheckpoint = {_options.CheckpointPages}; PRAGMA journal_size_limit = {_options.WalLimitBytes}");
            StateSchema.Ensure(connection, _path);
            FlushNames();
            return new StateWriter(connection);
        }
        catch (SqliteException failure) when (IsDamage(failure))
        {
            connection.Dispose();
            throw Corrupt(failure);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens for reading what is committed now.</summary>
    public StateReader OpenReader() => new(Open(SqliteOpenMode.ReadOnly));

    /// <summary>Whether SQLite says that the file itself is wrong, not the call.</summary>
    public static bool IsDamage(SqliteException failure) => failure.SqliteErrorCode is raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT;

    /// <summary>The same, in the words of the port.</summary>
    public StateCorruptException Corrupt(SqliteException failure) =>
        new($"{_path} can't be read as a database ({failure.Message}); restore it, or move it away and recount from the log.");

    // A commit is worth nothing if the file's name is gone after a power cut.
    private void FlushNames()
    {
        DirectorySync.Flush(_options.Directory);
        if (_isNew && Path.GetDirectoryName(Path.GetFullPath(_options.Directory)) is { } parent)
            DirectorySync.Flush(parent);
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = _path, Mode = mode, Pooling = false };
        var connection = new SqliteConnection(text.ToString());
        connection.Open();
        _ = raw.sqlite3_busy_timeout(connection.Handle, (int)_options.BusyTimeout.TotalMilliseconds);
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        // The only values in these texts are numbers of the options; a PRAGMA takes no parameters.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}

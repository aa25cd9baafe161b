using System.Globalization;
using ClickFuncs.DuckDb;

namespace ClickFuncs.Batch.Scratch;

/// <summary>
/// A database for one unit of work, in memory, with a folder to spill into and to make files in. Disposing it deletes both, so that
/// nothing of a unit is left for the next.
/// </summary>
internal sealed class ScratchDatabase : IDisposable
{
    private readonly ScratchFolder _folder;
    private readonly DuckDbDatabase _database;

    internal ScratchDatabase(ScratchOptions options)
    {
        _folder = new ScratchFolder(options);
        try
        {
            _database = DuckDbDatabase.Open(
                DuckDbDatabase.InMemory,
                ("threads", options.Threads.ToString(CultureInfo.InvariantCulture)),
                ("memory_limit", string.Create(CultureInfo.InvariantCulture, $"{options.MemoryLimitMiB}MiB")),
                ("temp_directory", Path.Combine(Folder, "spill")));
            Connection = _database.Connect();
        }
        catch
        {
            _database?.Dispose();
            _folder.Dispose();
            throw;
        }
    }

    /// <summary>The only connection, but for appenders.</summary>
    internal DuckDbConnection Connection { get; }

    /// <summary>A folder of this unit's own.</summary>
    internal string Folder => _folder.Path;

    /// <summary>Runs statements; cancelling interrupts the one that runs.</summary>
    internal long Execute(string sql, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(Connection.Interrupt);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Connection.Execute(sql);
        }
        catch (DuckDbException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <summary>Runs a query; its whole result is in memory, so it must be small. Cancelling interrupts it.</summary>
    internal DuckDbReader Query(string sql, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(Connection.Interrupt);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Connection.Query(sql);
        }
        catch (DuckDbException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <summary>The one number a query gives.</summary>
    internal long QueryNumber(string sql, CancellationToken cancellationToken)
    {
        using var reader = Query(sql, cancellationToken);
        return reader.Read() ? reader.GetInt64(0) : throw new InvalidOperationException($"The query gave no row: {sql}");
    }

    public void Dispose()
    {
        Connection.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }
}

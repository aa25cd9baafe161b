using ClickFuncs.DuckDb.Native;

namespace ClickFuncs.DuckDb;

/// <summary>A connection: statements run in order, at most one transaction at a time. Used by one thread at a time, except <see cref="Interrupt"/>.</summary>
public sealed unsafe class DuckDbConnection : IDisposable
{
    private readonly ConnectionHandle _handle;

    internal DuckDbConnection(ConnectionHandle handle) => _handle = handle;

    /// <summary>Runs one or more statements separated by semicolons.</summary>
    /// <returns>Rows the last statement changed.</returns>
    /// <exception cref="DuckDbException">A statement failed; earlier ones took effect.</exception>
    public long Execute(string sql)
    {
        using var result = Run(sql);
        return (long)NativeMethods.RowsChanged(result.Pointer);
    }

    /// <summary>Runs a query without parameters.</summary>
    /// <exception cref="DuckDbException">The query failed.</exception>
    public DuckDbReader Query(string sql) => new(Run(sql));

    /// <summary>Prepares one statement; parameters are written <c>$1</c>, <c>$2</c> and so on.</summary>
    /// <exception cref="DuckDbException">The statement is not valid.</exception>
    public DuckDbStatement Prepare(string sql)
    {
        var state = NativeMethods.Prepare(_handle, sql, out var pointer);
        var statement = new StatementHandle(pointer);
        if (state == NativeState.Success)
            return new DuckDbStatement(statement);
        var message = NativeText.Read(NativeMethods.PrepareError(statement));
        statement.Dispose();
        throw new DuckDbException(message);
    }

    /// <summary>Begins a transaction, rolled back unless it is committed.</summary>
    public DuckDbTransaction BeginTransaction() => new(this);

    /// <summary>Starts a bulk append to a table. Inside a transaction its rows belong to that transaction.</summary>
    /// <exception cref="DuckDbException">There is no such table.</exception>
    public DuckDbAppender CreateAppender(string table)
    {
        var state = NativeMethods.CreateAppender(_handle, null, table, out var pointer);
        var appender = new AppenderHandle(pointer);
        if (state == NativeState.Success)
            return new DuckDbAppender(appender);
        var message = NativeText.Read(NativeMethods.AppenderError(appender));
        appender.Dispose();
        throw new DuckDbException(message);
    }

    /// <summary>Makes the statement that is running fail soon; from any thread. Does nothing between statements.</summary>
    public void Interrupt() => NativeMethods.Interrupt(_handle);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private ResultHandle Run(string sql)
    {
        var result = new ResultHandle();
        result.ThrowIf(NativeMethods.Query(_handle, sql, result.Pointer));
        return result;
    }
}

namespace ClickFuncs.DuckDb;

/// <summary>A transaction of a connection. Disposing it without a commit rolls it back.</summary>
public sealed class DuckDbTransaction : IDisposable
{
    private readonly DuckDbConnection _connection;
    private bool _ended;

    internal DuckDbTransaction(DuckDbConnection connection)
    {
        _connection = connection;
        _connection.Execute("BEGIN TRANSACTION");
    }

    /// <summary>Makes everything since the start durable at once.</summary>
    /// <exception cref="DuckDbException">The commit failed; nothing took effect.</exception>
    public void Commit()
    {
        // A failed commit has ended the transaction too: DuckDB rolls it back itself.
        _ended = true;
        _connection.Execute("COMMIT");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ended)
            return;
        _ended = true;
        _connection.Execute("ROLLBACK");
    }
}

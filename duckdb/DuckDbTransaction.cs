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
        _connection.Execute("COMMIT");
        _ended = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ended)
            return;
        _ended = true;
        try
        {
            _connection.Execute("ROLLBACK");
        }
        catch (DuckDbException e) when (IsOver(e))
        {
            // A commit that failed has rolled back by itself.
        }
        catch (DuckDbException)
        {
            // An interrupt that was meant for the statement before may have hit the rollback: it comes once.
            _connection.Execute("ROLLBACK");
        }
    }

    private static bool IsOver(DuckDbException e) => e.Message.Contains("no transaction is active", StringComparison.OrdinalIgnoreCase);
}

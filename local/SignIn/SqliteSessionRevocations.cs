using ClickFuncs.Sessions;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.SignIn;

/// <summary>
/// Ended browser sessions in one SQLite file. Write-ahead logging with full sync: a session that was signed out stays so after a power
/// cut. One connection, one call at a time: a look-up takes microseconds.
/// </summary>
internal sealed class SqliteSessionRevocations : ISessionRevocations, IDisposable
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE IF NOT EXISTS revoked_sessions (id TEXT PRIMARY KEY NOT NULL, ends_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS revoked_sessions_by_end ON revoked_sessions (ends_ms);
        """;

    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Opens the file, or makes it.</summary>
    public SqliteSessionRevocations(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        using var command = _connection.CreateCommand();
        command.CommandText = Schema;
        command.ExecuteNonQuery();
    }

    public async ValueTask RevokeAsync(BrowserSession session, DateTimeOffset now, CancellationToken cancellationToken) => await InTurnAsync(() =>
    {
        using var command = _connection.CreateCommand();
        command.CommandText = """
            BEGIN IMMEDIATE;
            DELETE FROM revoked_sessions WHERE ends_ms < $over;
            INSERT INTO revoked_sessions VALUES ($id, $ends) ON CONFLICT (id) DO NOTHING;
            COMMIT;
            """;
        command.Parameters.AddWithValue("$over", BrowserSession.OverBefore(now).ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$id", session.Id);
        command.Parameters.AddWithValue("$ends", session.Ends.ToUnixTimeMilliseconds());
        return command.ExecuteNonQuery();
    }, cancellationToken);

    public ValueTask<bool> IsRevokedAsync(BrowserSession session, CancellationToken cancellationToken) => InTurnAsync(() =>
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT 1 FROM revoked_sessions WHERE id = $id";
        command.Parameters.AddWithValue("$id", session.Id);
        return command.ExecuteScalar() is not null;
    }, cancellationToken);

    /// <summary>How many are kept.</summary>
    internal long Count()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM revoked_sessions";
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose()
    {
        _connection.Dispose();
        _gate.Dispose();
    }

    private async ValueTask<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return work();
        }
        finally
        {
            _gate.Release();
        }
    }
}

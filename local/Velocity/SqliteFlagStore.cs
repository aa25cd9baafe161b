using ClickFuncs.Privacy;
using ClickFuncs.Velocity;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Velocity;

/// <summary>Velocity flags in one SQLite file, write-ahead logged with full sync. One connection, one call at a time.</summary>
internal sealed class SqliteFlagStore : IFlagStore, IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Opens the file, or makes it.</summary>
    public SqliteFlagStore(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        using var command = _connection.CreateCommand();
        command.CommandText = FlagSchema.Open;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public ValueTask<FlagState> TakeOverAsync(CancellationToken cancellationToken) => InTransactionAsync(transaction =>
    {
        using var head = Command(transaction, FlagSchema.TakeOver);
        using var row = head.ExecuteReader();
        row.Read();
        var (token, from) = (row.GetInt64(0), row.GetInt64(1));
        row.Close();
        using var query = Command(transaction, FlagSchema.List);
        using var rows = query.ExecuteReader();
        var flags = new List<VelocityFlag>();
        while (rows.Read())
        {
            flags.Add(new VelocityFlag(
                unchecked((ulong)rows.GetInt64(0)), (IdentityKind)rows.GetInt32(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt32(4)));
        }

        return new FlagState(token, from, flags);
    }, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask CommitAsync(long token, FlagCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        await InTransactionAsync(transaction =>
        {
            using var head = Command(transaction, FlagSchema.Advance, ("$token", token), ("$from", commit.ReadFrom));
            if (head.ExecuteNonQuery() == 0)
                throw new FlagsTakenOverException(token);
            foreach (var flag in commit.Flags)
            {
                using var put = Command(
                    transaction, FlagSchema.Put, ("$identity", unchecked((long)flag.Identity)), ("$kind", (long)flag.Kind),
                    ("$first", flag.FromMs), ("$until", flag.UntilMs), ("$peak", flag.Peak));
                put.ExecuteNonQuery();
            }

            using var forget = Command(transaction, FlagSchema.Forget, ("$before", commit.ForgetBeforeMs));
            return forget.ExecuteNonQuery();
        }, cancellationToken);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _gate.Dispose();
    }

    private async ValueTask<T> InTransactionAsync<T>(Func<SqliteTransaction, T> action, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // A transaction that is not committed is taken back when it is disposed.
            using var transaction = _connection.BeginTransaction();
            var result = action(transaction);
            transaction.Commit();
            return result;
        }
        finally
        {
            _gate.Release();
        }
    }

    private SqliteCommand Command(SqliteTransaction transaction, string statement, params ReadOnlySpan<(string Name, long Value)> values)
    {
#pragma warning disable CA2100 // The texts are constants of FlagSchema.
        var command = new SqliteCommand(statement, _connection, transaction);
#pragma warning restore CA2100
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        return command;
    }
}

using ClickFuncs.ApiKeys;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.ApiKeys;

/// <summary>
/// The API keys in one SQLite file. Write-ahead logging with full sync: a key that was revoked stays revoked after a power cut.
/// A verb may change the file beside a running host. One connection, one call at a time: a look-up takes microseconds.
/// </summary>
internal sealed class SqliteApiKeyStore : IApiKeyStore, IDisposable
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE IF NOT EXISTS api_keys (
            id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, advertiser_id TEXT, hash BLOB NOT NULL,
            created_ms INTEGER NOT NULL, revoked_ms INTEGER
        ) STRICT, WITHOUT ROWID;
        """;

    private const string Columns = "SELECT id, name, advertiser_id, hash, created_ms, revoked_ms FROM api_keys ";
    private const int AlreadyThere = 19;

    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Opens the file, or makes it.</summary>
    public SqliteApiKeyStore(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        using var command = Command(Schema);
        command.ExecuteNonQuery();
    }

    public async ValueTask AddAsync(ApiKey key, CancellationToken cancellationToken) => await InTurnAsync(() =>
    {
        using var command = Command(
            "INSERT INTO api_keys VALUES ($id, $name, $advertiser, $hash, $created, $revoked)", ("$id", key.Id), ("$name", key.Name), ("$advertiser", key.AdvertiserId),
            ("$hash", key.Hash.ToArray()), ("$created", key.CreatedAt.ToUnixTimeMilliseconds()), ("$revoked", key.RevokedAt?.ToUnixTimeMilliseconds()));
        try
        {
            return command.ExecuteNonQuery();
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == AlreadyThere)
        {
            throw new InvalidOperationException($"There is a key '{key.Id}' already.", failure);
        }
    }, cancellationToken);

    public async ValueTask<ApiKey?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await InTurnAsync(() => Read(Columns + "WHERE id = $id", ("$id", id)), cancellationToken)).FirstOrDefault();

    public async ValueTask<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken) =>
        await InTurnAsync(() => Read(Columns + "ORDER BY created_ms, id"), cancellationToken);

    public async ValueTask<bool> RevokeAsync(string id, DateTimeOffset now, CancellationToken cancellationToken) => await InTurnAsync(() =>
    {
        using var command = Command(
            "UPDATE api_keys SET revoked_ms = coalesce(revoked_ms, $now) WHERE id = $id", ("$id", id), ("$now", now.ToUnixTimeMilliseconds()));
        return command.ExecuteNonQuery() == 1;
    }, cancellationToken);

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

    private List<ApiKey> Read(string statement, params (string Name, object? Value)[] parameters)
    {
        using var command = Command(statement, parameters);
        using var reader = command.ExecuteReader();
        var keys = new List<ApiKey>();
        while (reader.Read())
        {
            keys.Add(new ApiKey
            {
                Id = reader.GetString(0),
                Name = reader.GetString(1),
                AdvertiserId = reader.IsDBNull(2) ? null : reader.GetString(2),
                Hash = reader.GetFieldValue<byte[]>(3),
                CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(4)),
                RevokedAt = reader.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(5)),
            });
        }

        return keys;
    }

    private SqliteCommand Command(string text, params (string Name, object? Value)[] parameters)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this class; values are bound.
        command.CommandText = text;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}

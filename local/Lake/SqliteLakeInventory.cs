using System.Globalization;
using System.Runtime.CompilerServices;
using ClickFuncs.Lake.Inventory;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Lake;

/// <summary>The inventory of the lake in one SQLite file beside it, write-ahead logged with full sync. One process, one call at a time.</summary>
internal sealed class SqliteLakeInventory : ILakeInventory, IDisposable
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA busy_timeout = 5000;
        CREATE TABLE IF NOT EXISTS files (
            path TEXT NOT NULL PRIMARY KEY,
            state INTEGER NOT NULL,
            length INTEGER NOT NULL,
            sha256 TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS unsettled ON files (state) WHERE state <> 1;
        """;

    private const string Columns = "SELECT path, state, length, sha256 FROM files";

    // A page of a listing: what is done between two entries may take long, and holds no read transaction.
    private const int PageSize = 1000;

    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Opens the file, or makes it.</summary>
    public SqliteLakeInventory(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        using var command = _connection.CreateCommand();
        command.CommandText = Schema;
        command.ExecuteNonQuery();
    }

    /// <summary>Whether it knows all of the lake: false until <see cref="MarkWhole"/>, so that taking in what is there is repeated after a crash.</summary>
    public bool IsWhole
    {
        get
        {
            using var command = Command("PRAGMA user_version", []);
            return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) > 0;
        }
    }

    /// <summary>Says that it knows all of the lake.</summary>
    public void MarkWhole()
    {
        using var command = Command("PRAGMA user_version = 1", []);
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public async ValueTask ExpectAsync(string path, CancellationToken cancellationToken) =>
        await ExecuteAsync("INSERT INTO files VALUES ($path, 0, 0, '') ON CONFLICT DO UPDATE SET state = 0 WHERE state = 2", cancellationToken, ("$path", path));

    /// <inheritdoc/>
    public async ValueTask<bool> EnterAsync(string path, long length, string sha256, CancellationToken cancellationToken) => await ExecuteAsync(
        """
        INSERT INTO files VALUES ($path, 1, $length, $sha256)
        ON CONFLICT DO UPDATE SET state = 1, length = $length, sha256 = $sha256 WHERE state <> 1 OR (length = $length AND sha256 = $sha256)
        """,
        cancellationToken, ("$path", path), ("$length", length), ("$sha256", sha256)) == 1;

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(string path, CancellationToken cancellationToken) =>
        await ExecuteAsync("INSERT INTO files VALUES ($path, 2, 0, '') ON CONFLICT DO UPDATE SET state = 2", cancellationToken, ("$path", path));

    /// <inheritdoc/>
    public async ValueTask ForgetAsync(string path, CancellationToken cancellationToken) =>
        await ExecuteAsync("DELETE FROM files WHERE path = $path", cancellationToken, ("$path", path));

    /// <inheritdoc/>
    public async ValueTask<InventoryEntry?> FindAsync(string path, CancellationToken cancellationToken) =>
        (await QueryAsync($"{Columns} WHERE path = $path", cancellationToken, ("$path", path))).SingleOrDefault();

    /// <inheritdoc/>
    public async IAsyncEnumerable<InventoryEntry> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = ""; ;)
        {
            var page = await QueryAsync($"{Columns} WHERE path > $after ORDER BY path LIMIT $limit", cancellationToken, ("$after", after), ("$limit", PageSize));
            foreach (var entry in page)
                yield return entry;
            if (page.Count < PageSize)
                yield break;
            after = page[^1].Path;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<InventoryEntry>> ListUnsettledAsync(CancellationToken cancellationToken) =>
        await QueryAsync($"{Columns} WHERE state <> 1 ORDER BY path", cancellationToken);

    public void Dispose()
    {
        _connection.Dispose();
        _gate.Dispose();
    }

    private async ValueTask<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params (string Name, object Value)[] values)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            using var command = Command(sql, values);
            return command.ExecuteNonQuery();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask<IReadOnlyList<InventoryEntry>> QueryAsync(string sql, CancellationToken cancellationToken, params (string Name, object Value)[] values)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            using var command = Command(sql, values);
            using var rows = command.ExecuteReader();
            var entries = new List<InventoryEntry>();
            while (rows.Read())
                entries.Add(new InventoryEntry(rows.GetString(0), (InventoryState)rows.GetInt32(1), rows.GetInt64(2), rows.GetString(3)));
            return entries;
        }
        finally
        {
            _gate.Release();
        }
    }

    private SqliteCommand Command(string sql, (string Name, object Value)[] values)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        return command;
    }
}

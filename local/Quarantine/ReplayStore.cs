using System.Globalization;
using ClickFuncs.Quarantine;
using ClickFuncs.State;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Quarantine;

/// <summary>
/// Which quarantined events were sent again, in <c>replays.db</c>. A group is noted before it is appended, with the tag that its block will carry: whether
/// it was appended is then known from the log, whatever crashed in between. Not thread-safe; several processes may read the file.
/// </summary>
internal sealed class ReplayStore : IDisposable
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE IF NOT EXISTS groups (
            id TEXT PRIMARY KEY NOT NULL, first_block INTEGER NOT NULL, noted_ms INTEGER NOT NULL, is_sent INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS sent (
            partition INTEGER NOT NULL, sequence INTEGER NOT NULL, group_id TEXT NOT NULL, PRIMARY KEY (partition, sequence)
        ) STRICT, WITHOUT ROWID;
        """;

    private readonly SqliteConnection _connection;
    private SqliteTransaction? _transaction;

    /// <summary>Opens the file, or makes it.</summary>
    public ReplayStore(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        Execute(Schema);
    }

    /// <summary>Groups of which it is not known whether the log has them.</summary>
    public IReadOnlyList<(Guid Id, long FirstBlock)> ReadUndecided()
    {
        using var command = Command("SELECT id, first_block FROM groups WHERE is_sent = 0 ORDER BY noted_ms");
        using var rows = command.ExecuteReader();
        var groups = new List<(Guid, long)>();
        while (rows.Read())
            groups.Add((Guid.Parse(rows.GetString(0), CultureInfo.InvariantCulture), rows.GetInt64(1)));
        return groups;
    }

    /// <summary>Notes a group that is about to be appended.</summary>
    public void Note(Guid id, long firstBlock, long nowMs, IReadOnlyList<QuarantinePlace> places)
    {
        using var transaction = _transaction = _connection.BeginTransaction();
        Execute("INSERT INTO groups VALUES ($id, $block, $now, 0)", ("$id", Text(id)), ("$block", firstBlock), ("$now", nowMs));
        foreach (var place in places)
            Execute("INSERT INTO sent VALUES ($partition, $sequence, $id)", ("$partition", place.Partition), ("$sequence", place.Sequence), ("$id", Text(id)));
        transaction.Commit();
        _transaction = null;
    }

    /// <summary>Notes that the log has a group.</summary>
    public void NoteSent(Guid id) => Execute("UPDATE groups SET is_sent = 1 WHERE id = $id", ("$id", Text(id)));

    /// <summary>Forgets a group that the log does not have: its events were not sent.</summary>
    public void Forget(Guid id)
    {
        using var transaction = _transaction = _connection.BeginTransaction();
        Execute("DELETE FROM sent WHERE group_id = $id", ("$id", Text(id)));
        Execute("DELETE FROM groups WHERE id = $id", ("$id", Text(id)));
        transaction.Commit();
        _transaction = null;
    }

    /// <summary>Whether an event was sent.</summary>
    public bool IsSent(int partition, long sequence)
    {
        using var command = Command("SELECT 1 FROM sent WHERE partition = $partition AND sequence = $sequence", ("$partition", partition), ("$sequence", sequence));
        return command.ExecuteScalar() is not null;
    }

    /// <summary>Which of some side outputs were sent.</summary>
    public ValueTask<IReadOnlySet<long>> FindSentAsync(int partition, IReadOnlyList<SideOutput> outputs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IReadOnlySet<long>>(outputs.Select(output => output.Sequence).Where(sequence => IsSent(partition, sequence)).ToHashSet());
    }

    /// <summary>Forgets groups noted before a time: what they were of is deleted too.</summary>
    public void Expire(long beforeMs)
    {
        using var transaction = _transaction = _connection.BeginTransaction();
        Execute("DELETE FROM sent WHERE group_id IN (SELECT id FROM groups WHERE is_sent = 1 AND noted_ms < $before)", ("$before", beforeMs));
        Execute("DELETE FROM groups WHERE is_sent = 1 AND noted_ms < $before", ("$before", beforeMs));
        transaction.Commit();
        _transaction = null;
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static string Text(Guid id) => id.ToString("N");

    private void Execute(string sql, params (string Name, object Value)[] values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params (string Name, object Value)[] values)
    {
        // Callers in this class give constant texts; every value is a parameter.
#pragma warning disable CA2100
        var command = new SqliteCommand(sql, _connection, _transaction);
#pragma warning restore CA2100
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        return command;
    }
}

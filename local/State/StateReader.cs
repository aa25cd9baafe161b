using ClickFuncs.State;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.State;

/// <summary>Reads on a connection of its own, in one transaction: all it gives is of one moment, whatever is being committed.</summary>
internal sealed class StateReader : IDisposable
{
    private const string HeadColumns = """
        SELECT partition, token, owner, position, published, snapshot_position, watermark_ms, committed_at_ms, events_read, accepted,
            duplicates, late_dropped, quarantined, non_clicks, invalid, snapshot_token FROM head
        """;

    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;

    /// <param name="connection">Open; owned from now on.</param>
    public StateReader(SqliteConnection connection)
    {
        _connection = connection;
        _transaction = connection.BeginTransaction(deferred: true);
    }

    /// <summary>All heads by partition, each with the token of its snapshot.</summary>
    public List<(PartitionHead Head, long SnapshotToken)> ReadHeads() => ReadHeads(HeadColumns + " ORDER BY partition", []);

    /// <summary>One head, or null for a partition that was never acquired.</summary>
    public (PartitionHead Head, long SnapshotToken)? ReadHead(int partition) =>
        ReadHeads(HeadColumns + " WHERE partition = $partition", [new("$partition", partition)]) is [var found] ? found : null;

    /// <summary>Deltas after a position, ascending, each checked against its checksum.</summary>
    /// <exception cref="StateCorruptException">One fails its checksum.</exception>
    public List<StoredDelta> ReadDeltas(int partition, long after)
    {
        using var query = Query(
            "SELECT first, last, checksum, body FROM deltas WHERE partition = $partition AND last > $after ORDER BY last",
            [new("$partition", partition), new("$after", after)]);
        using var rows = query.ExecuteReader();
        var deltas = new List<StoredDelta>();
        while (rows.Read())
        {
            var delta = new StoredDelta(rows.GetInt64(0), rows.GetInt64(1), rows.GetFieldValue<byte[]>(3));
            if (rows.GetInt64(2) != DeltaChecksum.Of(partition, delta.FirstSequence, delta.LastSequence, delta.Delta.Span))
                throw new StateCorruptException(
                    $"The delta {delta.FirstSequence}..{delta.LastSequence} of partition {partition} fails its checksum; restore the state, "
                    + "or the partition must be recounted from the log.");
            deltas.Add(delta);
        }

        return deltas;
    }

    public List<SideOutput> ReadSideOutputs(int partition, SideOutputKind kind, long fromSequence, int limit)
    {
        using var query = Query(
            """
            SELECT sequence, reason, event_time_ms, arrival_ms, record FROM side_outputs
            WHERE partition = $partition AND kind = $kind AND sequence >= $from ORDER BY sequence LIMIT $limit
            """,
            [new("$partition", partition), new("$kind", (int)kind), new("$from", fromSequence), new("$limit", limit)]);
        using var rows = query.ExecuteReader();
        var outputs = new List<SideOutput>();
        while (rows.Read())
            outputs.Add(new SideOutput(
                kind, rows.GetInt64(0), rows.GetString(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetFieldValue<byte[]>(4)));
        return outputs;
    }

    /// <summary>What SQLite's own check of the file finds.</summary>
    public List<string> QuickCheck()
    {
        using var query = Query("PRAGMA quick_check", []);
        using var rows = query.ExecuteReader();
        var findings = new List<string>();
        while (rows.Read())
            findings.Add(rows.GetString(0));
        return findings is ["ok"] ? [] : findings;
    }

    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
    }

    private List<(PartitionHead Head, long SnapshotToken)> ReadHeads(string sql, SqliteParameter[] parameters)
    {
        using var query = Query(sql, parameters);
        using var rows = query.ExecuteReader();
        var heads = new List<(PartitionHead, long)>();
        while (rows.Read())
            heads.Add((ToHead(rows), rows.GetInt64(15)));
        return heads;
    }

    private static PartitionHead ToHead(SqliteDataReader row) => new()
    {
        Partition = row.GetInt32(0),
        FencingToken = row.GetInt64(1),
        Owner = row.GetString(2),
        Position = row.GetInt64(3),
        PublishedPosition = row.GetInt64(4),
        SnapshotPosition = row.GetInt64(5),
        WatermarkMs = row.GetInt64(6),
        CommittedAtMs = row.GetInt64(7),
        Counters = new PartitionCounters
        {
            Read = row.GetInt64(8),
            Accepted = row.GetInt64(9),
            Duplicates = row.GetInt64(10),
            LateDropped = row.GetInt64(11),
            Quarantined = row.GetInt64(12),
            NonClicks = row.GetInt64(13),
            Invalid = row.GetInt64(14),
        },
    };

    private SqliteCommand Query(string sql, SqliteParameter[] parameters)
    {
        // Callers in this class give constant texts; every value is a parameter.
#pragma warning disable CA2100
        var query = new SqliteCommand(sql, _connection, _transaction);
#pragma warning restore CA2100
        query.Parameters.AddRange(parameters);
        return query;
    }
}

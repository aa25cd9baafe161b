using ClickFuncs.State;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ClickFuncs.Local.State;

/// <summary>The one connection that writes, with its prepared statements. Every method is one transaction and blocks
/// until it is durable. Not thread-safe: the store lets one caller in at a time.</summary>
internal sealed partial class StateWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _acquire;
    private readonly SqliteStatement _readHead;
    private readonly SqliteStatement _advance;
    private readonly SqliteStatement _addDelta;
    private readonly SqliteStatement _addSideOutput;
    private readonly SqliteStatement _publish;
    private readonly SqliteStatement _nameSnapshot;
    private readonly SqliteStatement _coveredDeltas;
    private readonly SqliteStatement _deleteDeltas;

    /// <param name="connection">Open, with tables; owned from now on.</param>
    public StateWriter(SqliteConnection connection)
    {
        _connection = connection;
        _begin = new(connection, "BEGIN IMMEDIATE");
        _commit = new(connection, "COMMIT");
        _rollback = new(connection, "ROLLBACK");
        _acquire = new(connection, StateStatements.Acquire);
        _readHead = new(connection, StateStatements.ReadHead);
        _advance = new(connection, StateStatements.Advance);
        _addDelta = new(connection, StateStatements.AddDelta);
        _addSideOutput = new(connection, StateStatements.AddSideOutput);
        _publish = new(connection, StateStatements.Publish);
        _nameSnapshot = new(connection, StateStatements.NameSnapshot);
        _coveredDeltas = new(connection, StateStatements.CoveredDeltas);
        _deleteDeltas = new(connection, StateStatements.DeleteDeltas);
    }

    /// <summary>Raises the token. Also gives the snapshot that the head names, with position -1 for none.</summary>
    public (PartitionLease Lease, SnapshotName Snapshot) Acquire(int partition, string owner)
    {
        _acquire.Bind(1, partition).Bind(2, owner).Bind(3, long.MinValue).Step();
        var lease = new PartitionLease(partition, _acquire.GetInt64(0));
        var snapshot = new SnapshotName(partition, _acquire.GetInt64(1), _acquire.GetInt64(2));
        // The row comes before the end of the statement, and only that commits.
        _acquire.Execute();
        return (lease, snapshot);
    }

    public void Commit(PartitionLease lease, PartitionCommit commit)
    {
        _begin.Execute();
        try
        {
            if (Advance(lease, commit) == 0)
                throw Refusal(lease, head => $"is committed up to {head.Position}; a commit from {commit.FirstSequence} does not follow it");
            var delta = commit.Delta.Span;
            _addDelta.Bind(1, lease.Partition).Bind(2, commit.FirstSequence).Bind(3, commit.LastSequence)
                .Bind(4, DeltaChecksum.Of(lease.Partition, commit.FirstSequence, commit.LastSequence, delta)).Bind(5, delta).Execute();
            _addDelta.Reset();
            for (var i = 0; i < commit.SideOutputs.Count; i++)
                AddSideOutput(lease.Partition, commit.SideOutputs[i]);
            _commit.Execute();
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    /// <summary>
    /// Without a sync of its own: the next commit's sync covers it. What a power cut takes back is published once more,
    /// which changes nothing (R15), and waiting for the disk twice per commit would halve the pace.
    /// </summary>
    public void MarkPublished(PartitionLease lease, long sequence)
    {
        Execute("PRAGMA synchronous = NORMAL");
        try
        {
            if (_publish.Bind(1, lease.Partition).Bind(2, lease.FencingToken).Bind(3, sequence).Execute() > 0)
                return;
        }
        finally
        {
            Execute("PRAGMA synchronous = FULL");
        }

        ReadHead(lease);
        throw new ArgumentOutOfRangeException(nameof(sequence), sequence, "Only what is committed can be published.");
    }

    public void Dispose()
    {
        SqliteStatement[] all =
        [
            _begin, _commit, _rollback, _acquire, _readHead, _advance, _addDelta, _addSideOutput, _publish, _nameSnapshot,
            _coveredDeltas, _deleteDeltas,
        ];
        foreach (var statement in all)
            statement.Dispose();
        _connection.Dispose();
    }

    private int Advance(PartitionLease lease, PartitionCommit commit)
    {
        var counters = commit.Counters;
        return _advance.Bind(1, lease.Partition).Bind(2, lease.FencingToken).Bind(3, commit.FirstSequence - 1).Bind(4, commit.LastSequence)
            .Bind(5, commit.WatermarkMs).Bind(6, commit.CommittedAtMs).Bind(7, counters.Read).Bind(8, counters.Accepted)
            .Bind(9, counters.Duplicates).Bind(10, counters.LateDropped).Bind(11, counters.Quarantined).Bind(12, counters.NonClicks)
            .Bind(13, counters.Invalid).Execute();
    }

    private void AddSideOutput(int partition, SideOutput output) =>
        _addSideOutput.Bind(1, partition).Bind(2, (long)output.Kind).Bind(3, output.Sequence).Bind(4, output.Reason)
            .Bind(5, output.EventTimeMs).Bind(6, output.ArrivalMs).Bind(7, output.Record.Span).Execute();

    private CommitConflictException Refusal(PartitionLease lease, Func<(long Position, long Published, long Snapshot), string> why) =>
        new($"Partition {lease.Partition} {why(ReadHead(lease))}.");

    /// <exception cref="StaleOwnerException">The lease is not the newest.</exception>
    private (long Position, long Published, long Snapshot) ReadHead(PartitionLease lease)
    {
        var isCurrent = _readHead.Bind(1, lease.Partition).Step() && _readHead.GetInt64(0) == lease.FencingToken;
        var head = isCurrent ? (_readHead.GetInt64(1), _readHead.GetInt64(2), _readHead.GetInt64(3)) : default;
        _readHead.Reset();
        return isCurrent ? head : throw new StaleOwnerException(lease.Partition, lease.FencingToken);
    }

    // SQLite itself has rolled back after some failures, such as a full disk.
    private void Rollback()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            _rollback.Execute();
    }

    private void Execute(string sql) => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(_connection.Handle, sql), _connection.Handle);
}

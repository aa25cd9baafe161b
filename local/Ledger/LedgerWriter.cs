using ClickFuncs.Ledger;
using ClickFuncs.Local.State;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Ledger;

/// <summary>
/// Writes: entries, legs and the head become durable together or not at all. What runs per entry is prepared once, since a
/// close posts many. Not thread-safe: the ledger lets one caller in at a time.
/// </summary>
internal sealed class LedgerWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly LedgerReader _reader;
    private readonly Action<string>? _atStep;
    private readonly SqliteStatement _hasEntry;
    private readonly SqliteStatement _addEntry;
    private readonly SqliteStatement _addLeg;

    /// <param name="connection">Open, with tables; not owned.</param>
    /// <param name="reader">Reads on the same connection.</param>
    /// <param name="atStep">Called between the steps of a post.</param>
    public LedgerWriter(SqliteConnection connection, LedgerReader reader, Action<string>? atStep)
    {
        (_connection, _reader, _atStep) = (connection, reader, atStep);
        _hasEntry = new(connection, LedgerStatements.HasEntry);
        _addEntry = new(connection, LedgerStatements.AddEntry);
        _addLeg = new(connection, LedgerStatements.AddLeg);
    }

    /// <summary>Posts in one unit.</summary>
    public (JournalAppend Append, CreditLimit Limit) Post(JournalId journal, IReadOnlyList<LedgerPosting> postings, JournalHead? expected)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        var found = _reader.FindJournal(journal);
        var head = found?.Head ?? JournalHead.Empty(journal);
        var append = JournalAppend.Plan(head, postings, expected, id => found is not null && HasEntry(found.Key, id) ? _reader.Find(journal, found.Key, id) : null);
        if (append.Added.Count > 0)
        {
            var key = found?.Key ?? MakeJournal(journal);
            foreach (var entry in append.Added)
                Add(key, entry);
            MoveHead(key, head, append.Head);
            _atStep?.Invoke("commit");
            transaction.Commit();
            _atStep?.Invoke("committed");
        }

        return (append, found?.Limit ?? CreditLimit.Unlimited);
    }

    public void SetLimit(JournalId journal, CreditLimit limit)
    {
        using var command = LedgerReader.Command(_connection, LedgerStatements.SetLimit, journal);
        command.Parameters.AddWithValue("$limit", (object?)limit.Micros ?? DBNull.Value);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _hasEntry.Dispose();
        _addEntry.Dispose();
        _addLeg.Dispose();
    }

    private bool HasEntry(long key, string id)
    {
        var isThere = _hasEntry.Bind(1, key).Bind(2, id).Step();
        _hasEntry.Reset();
        return isThere;
    }

    private long MakeJournal(JournalId journal)
    {
        using var command = LedgerReader.Command(_connection, LedgerStatements.MakeJournal, journal);
        command.ExecuteNonQuery();
        return _reader.FindJournal(journal)!.Key;
    }

    private void Add(long key, LedgerEntry entry)
    {
        LedgerRows.Bind(_addEntry, key, entry).Execute();
        // What the next entry lacks must not stay bound from this one.
        _addEntry.Reset();
        _atStep?.Invoke("entry");
        for (var i = 0; i < entry.Posting.Legs.Count; i++)
        {
            var leg = entry.Posting.Legs[i];
            _addLeg.Bind(1, key).Bind(2, entry.Sequence).Bind(3, i).Bind(4, leg.Account).Bind(5, leg.AmountMicros).Execute();
            _atStep?.Invoke("leg");
        }
    }

    private void MoveHead(long key, JournalHead from, JournalHead to)
    {
        using var command = LedgerReader.Command(_connection, LedgerStatements.MoveHead);
        command.Parameters.AddWithValue("$journal", key);
        command.Parameters.AddWithValue("$entries", to.Count);
        command.Parameters.AddWithValue("$hash", to.Hash.ToArray());
        command.Parameters.AddWithValue("$balance", to.BalanceMicros);
        command.Parameters.AddWithValue("$oldEntries", from.Count);
        command.Parameters.AddWithValue("$oldHash", from.Hash.ToArray());
        command.Parameters.AddWithValue("$oldBalance", from.BalanceMicros);
        if (command.ExecuteNonQuery() != 1)
            throw new JournalMovedException(from, _reader.FindJournal(from.Journal)!.Head);
    }
}

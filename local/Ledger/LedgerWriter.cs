using ClickFuncs.Ledger;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Ledger;

/// <summary>One write transaction: entries, legs and the head become durable together or not at all.</summary>
internal sealed class LedgerWriter(SqliteConnection connection, Action<string>? atStep)
{
    /// <summary>Posts in one unit.</summary>
    public (JournalAppend Append, CreditLimit Limit) Post(JournalId journal, IReadOnlyList<LedgerPosting> postings, JournalHead? expected)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var reader = new LedgerReader(connection);
        var found = reader.FindJournal(journal);
        var head = found?.Head ?? JournalHead.Empty(journal);
        var append = JournalAppend.Plan(head, postings, expected, id => found is null ? null : reader.Find(journal, found.Key, id));
        if (append.Added.Count > 0)
        {
            var key = found?.Key ?? MakeJournal(journal);
            foreach (var entry in append.Added)
                Add(key, entry);
            MoveHead(key, head, append.Head);
            atStep?.Invoke("commit");
            transaction.Commit();
            atStep?.Invoke("committed");
        }

        return (append, found?.Limit ?? CreditLimit.Unlimited);
    }

    public void SetLimit(JournalId journal, CreditLimit limit)
    {
        using var command = Command(LedgerStatements.SetLimit, journal);
        command.Parameters.AddWithValue("$limit", (object?)limit.Micros ?? DBNull.Value);
        command.ExecuteNonQuery();
    }

    private long MakeJournal(JournalId journal)
    {
        using var command = Command(LedgerStatements.MakeJournal, journal);
        command.ExecuteNonQuery();
        return new LedgerReader(connection).FindJournal(journal)!.Key;
    }

    private void Add(long key, LedgerEntry entry)
    {
        using var add = Command(LedgerStatements.AddEntry);
        LedgerRows.BindEntry(add, key, entry);
        add.ExecuteNonQuery();
        atStep?.Invoke("entry");
        for (var i = 0; i < entry.Posting.Legs.Count; i++)
        {
            using var leg = Command(LedgerStatements.AddLeg);
            leg.Parameters.AddWithValue("$journal", key);
            leg.Parameters.AddWithValue("$sequence", entry.Sequence);
            leg.Parameters.AddWithValue("$leg", i);
            leg.Parameters.AddWithValue("$account", entry.Posting.Legs[i].Account);
            leg.Parameters.AddWithValue("$amount", entry.Posting.Legs[i].AmountMicros);
            leg.ExecuteNonQuery();
            atStep?.Invoke("leg");
        }
    }

    private void MoveHead(long key, JournalHead from, JournalHead to)
    {
        using var command = Command(LedgerStatements.MoveHead);
        command.Parameters.AddWithValue("$journal", key);
        command.Parameters.AddWithValue("$entries", to.Count);
        command.Parameters.AddWithValue("$hash", to.Hash.ToArray());
        command.Parameters.AddWithValue("$balance", to.BalanceMicros);
        command.Parameters.AddWithValue("$oldEntries", from.Count);
        command.Parameters.AddWithValue("$oldHash", from.Hash.ToArray());
        command.Parameters.AddWithValue("$oldBalance", from.BalanceMicros);
        if (command.ExecuteNonQuery() != 1)
            throw new JournalMovedException(from, new LedgerReader(connection).FindJournal(from.Journal)!.Head);
    }

    private SqliteCommand Command(string sql, JournalId? journal = null) => LedgerReader.Command(connection, sql, journal);
}

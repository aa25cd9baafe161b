using ClickFuncs.Ledger;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Ledger;

/// <summary>Reads what is committed, or what the connection's own transaction has written.</summary>
internal sealed class LedgerReader(SqliteConnection connection)
{
    /// <summary>A journal's row.</summary>
    public sealed record StoredJournal(long Key, JournalHead Head, CreditLimit Limit);

    public StoredJournal? FindJournal(JournalId journal)
    {
        using var command = Command(connection, LedgerStatements.FindJournal, journal);
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new StoredJournal(reader.GetInt64(0), ReadHead(journal, reader, 1), new CreditLimit(reader.IsDBNull(4) ? null : reader.GetInt64(4)))
            : null;
    }

    public List<JournalHead> ListJournals()
    {
        using var command = Command(connection, LedgerStatements.ListJournals);
        using var reader = command.ExecuteReader();
        var heads = new List<JournalHead>();
        while (reader.Read())
            heads.Add(ReadHead(new JournalId(reader.GetString(0), reader.GetString(1)), reader, 2));
        heads.Sort((a, b) => JournalId.Order.Compare(a.Journal, b.Journal));
        return heads;
    }

    public List<LedgerEntry> ReadPage(JournalId journal, long fromSequence, int limit) =>
        Read(journal, LedgerStatements.ReadPage, ("$from", fromSequence), ("$limit", limit));

    public List<LedgerEntry> ReadClickDay(JournalId journal, DateOnly day) =>
        Read(journal, LedgerStatements.ReadClickDay, ("$day", LedgerRows.Text(day)));

    public LedgerEntry? Find(JournalId journal, string entryId) =>
        FindJournal(journal) is { } found ? Find(journal, found.Key, entryId) : null;

    public LedgerEntry? Find(JournalId journal, long key, string entryId) =>
        Read(journal, key, LedgerStatements.FindEntry, ("$id", entryId)) is [var entry] ? entry : null;

    /// <summary>What SQLite itself finds wrong, rows that hang in the air, and ids that stand twice.</summary>
    public IReadOnlyList<string> FindDamage()
    {
        var findings = new List<string>();
        findings.AddRange(Texts("PRAGMA integrity_check").Where(text => text != "ok").Select(text => "ledger.db: " + text));
        findings.AddRange(Texts(LedgerStatements.Damage));
        return findings;
    }

    public static SqliteCommand Command(SqliteConnection connection, string sql, JournalId? journal = null)
    {
        var command = connection.CreateCommand();
        // All texts are constants of this folder; values are parameters.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        if (journal is not null)
        {
            command.Parameters.AddWithValue("$advertiser", journal.AdvertiserId);
            command.Parameters.AddWithValue("$currency", journal.Currency);
        }

        return command;
    }

    private List<LedgerEntry> Read(JournalId journal, string sql, params ReadOnlySpan<(string Name, object Value)> parameters) =>
        FindJournal(journal) is { } found ? Read(journal, found.Key, sql, parameters) : [];

    private List<LedgerEntry> Read(JournalId journal, long key, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(connection, sql);
        command.Parameters.AddWithValue("$journal", key);
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        using var reader = command.ExecuteReader();
        return LedgerRows.Read(journal, reader);
    }

    private List<string> Texts(string sql)
    {
        using var command = Command(connection, sql);
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
            texts.Add(reader.GetString(0));
        return texts;
    }

    private static JournalHead ReadHead(JournalId journal, SqliteDataReader reader, int first) =>
        new(journal, reader.GetInt64(first), LedgerHash.Read((byte[])reader.GetValue(first + 1)), reader.GetInt64(first + 2));
}

using System.Globalization;
using ClickFuncs.Ledger;
using ClickFuncs.Local.State;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Ledger;

/// <summary>How entries become rows and back.</summary>
internal static class LedgerRows
{
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>Binds all columns; those that are NULL are left unbound.</summary>
    public static SqliteStatement Bind(SqliteStatement insert, long journal, LedgerEntry entry)
    {
        var posting = entry.Posting;
        Span<byte> hash = stackalloc byte[LedgerHash.Size];
        entry.Hash.Write(hash);
        insert.Bind(1, journal).Bind(2, entry.Sequence).Bind(3, posting.EntryId).Bind(4, posting.Kind.Name()).Bind(5, Text(posting.BookedOn))
            .Bind(7, posting.CampaignId).Bind(8, posting.Revision).Bind(9, posting.Clicks)
            .Bind(11, posting.Reference).Bind(12, posting.Note).Bind(13, hash);
        if (posting.ClickDay is { } day)
            insert.Bind(6, Text(day));
        if (posting.Corrects is { } corrects)
            insert.Bind(10, corrects);
        return insert;
    }

    public static string Text(DateOnly day) => day.ToString(DateFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads the rows of a query, one per leg, as entries.</summary>
    /// <exception cref="LedgerCorruptException">A row is no entry.</exception>
    public static List<LedgerEntry> Read(JournalId journal, SqliteDataReader reader)
    {
        var entries = new List<LedgerEntry>();
        List<LedgerLeg> legs = [];
        while (reader.Read())
        {
            var sequence = reader.GetInt64(0);
            if (entries.Count == 0 || entries[^1].Sequence != sequence)
                entries.Add(ReadEntry(journal, reader, legs = []));
            if (!reader.IsDBNull(12))
                legs.Add(new LedgerLeg(reader.GetString(12), reader.GetInt64(13)));
        }

        return entries;
    }

    private static LedgerEntry ReadEntry(JournalId journal, SqliteDataReader reader, List<LedgerLeg> legs) => new(
        journal,
        reader.GetInt64(0),
        new LedgerPosting
        {
            EntryId = reader.GetString(1),
            Kind = LedgerEntryKinds.Find(reader.GetString(2)) ?? throw Corrupt(journal, reader, 2),
            BookedOn = Date(journal, reader, 3),
            ClickDay = reader.IsDBNull(4) ? null : Date(journal, reader, 4),
            CampaignId = reader.GetString(5),
            Revision = reader.GetInt64(6) is >= 0 and <= int.MaxValue and var revision ? (int)revision : throw Corrupt(journal, reader, 6),
            Clicks = reader.GetInt64(7),
            Corrects = reader.IsDBNull(8) ? null : reader.GetString(8),
            Reference = reader.GetString(9),
            Note = reader.GetString(10),
            Legs = legs,
        },
        LedgerHash.Read((byte[])reader.GetValue(11)));

    private static DateOnly Date(JournalId journal, SqliteDataReader reader, int column) =>
        DateOnly.TryParseExact(reader.GetString(column), DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw Corrupt(journal, reader, column);

    private static LedgerCorruptException Corrupt(JournalId journal, SqliteDataReader reader, int column) => new(FormattableString.Invariant(
        $"Ledger of {journal}, entry {reader.GetInt64(0)}: its {reader.GetName(column)} is '{reader.GetValue(column)}', which nobody posted; the entry was altered. Restore ledger.db."));
}

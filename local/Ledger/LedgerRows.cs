using System.Globalization;
using ClickFuncs.Ledger;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Ledger;

/// <summary>How entries become rows and back.</summary>
internal static class LedgerRows
{
    private const string DateFormat = "yyyy-MM-dd";

    public static void BindEntry(SqliteCommand command, long journal, LedgerEntry entry)
    {
        var posting = entry.Posting;
        var values = command.Parameters;
        values.AddWithValue("$journal", journal);
        values.AddWithValue("$sequence", entry.Sequence);
        values.AddWithValue("$id", posting.EntryId);
        values.AddWithValue("$kind", posting.Kind.Name());
        values.AddWithValue("$bookedOn", Text(posting.BookedOn));
        values.AddWithValue("$clickDay", posting.ClickDay is { } day ? Text(day) : DBNull.Value);
        values.AddWithValue("$campaign", posting.CampaignId);
        values.AddWithValue("$revision", posting.Revision);
        values.AddWithValue("$clicks", posting.Clicks);
        values.AddWithValue("$corrects", (object?)posting.Corrects ?? DBNull.Value);
        values.AddWithValue("$reference", posting.Reference);
        values.AddWithValue("$note", posting.Note);
        values.AddWithValue("$hash", entry.Hash.ToArray());
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

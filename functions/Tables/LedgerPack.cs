using System.Globalization;
using System.Text;
using System.Text.Json;
using ClickFuncs.Functions.Documents;
using ClickFuncs.Ledger;

namespace ClickFuncs.Functions.Tables;

/// <summary>How entries of one post are stored together, and how they are found again. Pure.</summary>
internal static class LedgerPack
{
    /// <summary>Mark of packs that are about too many days for a mark each: looked into whatever is looked for.</summary>
    public const string AnyDay = "any";

    private const string NoDay = "none";
    private const string DateFormat = "yyyy-MM-dd";

    // The head, the pack, and these are one batch.
    private const int MaxMarks = DocumentLimits.MaxWrites - 2;

    /// <summary>Partition key of a journal. Ids may hold what the service forbids in keys.</summary>
    public static string KeyOf(JournalId journal) => $"j:{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(journal.AdvertiserId))}:{journal.Currency}";

    /// <summary>Id of the pack that ends with an entry; packs sort by it.</summary>
    public static string IdOf(long last) => "e:" + Bodies.Number(last);

    /// <summary>Id of a mark.</summary>
    public static string MarkId(string mark, long last) => $"k:{mark}:{Bodies.Number(last)}";

    /// <summary>The mark under which an entry with this id is found: the day that the id names.</summary>
    public static string MarkOf(string entryId)
    {
        var parts = entryId.Split(':', 3);
        return parts is ["charge", var day, _] && DateOnly.TryParseExact(day, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? MarkOf(date)
            : NoDay;
    }

    /// <summary>The mark under which the entries of a click day are found.</summary>
    public static string MarkOf(DateOnly day) => day.ToString(DateFormat, CultureInfo.InvariantCulture);

    /// <summary>The marks of a pack.</summary>
    public static IReadOnlyList<string> MarksOf(IReadOnlyList<LedgerEntry> entries)
    {
        var marks = entries.Select(entry => MarkOf(entry.Posting.EntryId))
            .Concat(entries.Select(entry => entry.Posting.ClickDay).OfType<DateOnly>().Select(MarkOf)).Distinct().ToList();
        return marks.Count <= MaxMarks ? marks : [AnyDay];
    }

    /// <summary>Packs entries.</summary>
    public static byte[] Write(IReadOnlyList<LedgerEntry> entries) => JsonSerializer.SerializeToUtf8Bytes(
        [.. entries.Select(entry => new LedgerLine(entry.Sequence, entry.Hash.ToString(), entry.Posting.Kind.Name(), entry.Posting))],
        DocumentJson.Default.LedgerLineArray);

    /// <summary>Unpacks them.</summary>
    /// <exception cref="LedgerCorruptException">What is stored is no entry.</exception>
    public static IEnumerable<LedgerEntry> Read(JournalId journal, ReadOnlySpan<byte> pack)
    {
        LedgerLine[] lines;
        try
        {
            lines = JsonSerializer.Deserialize(pack, DocumentJson.Default.LedgerLineArray) ?? [];
        }
        catch (JsonException failure)
        {
            throw new LedgerCorruptException($"A pack of the ledger of {journal} can't be read: {failure.Message} Restore the table to a time before.");
        }

        return lines.Select(line => LedgerHash.TryParse(line.Hash, out var hash) && LedgerEntryKinds.Find(line.Kind) is { } kind
            ? new LedgerEntry(journal, line.Sequence, line.Posting with { Kind = kind }, hash)
            : throw new LedgerCorruptException($"Entry {line.Sequence} of the ledger of {journal} was altered: nobody posted a '{line.Kind}' with hash '{line.Hash}'. Restore the table to a time before."));
    }
}

using System.Globalization;

namespace ClickFuncs.Ledger;

/// <summary>
/// The bytes that hashes are made of. A text is its length in UTF-8 as four bytes, then its bytes; a number is eight bytes;
/// both big-endian. A date is the text <c>yyyy-MM-dd</c>, an absent date or id the empty text. Fields stand in this order:
/// <list type="bullet">
/// <item>an entry: the text <c>clickfuncs-ledger-entry-1</c>, the 32 bytes of the hash before it, sequence, advertiser,
/// currency, then its content;</item>
/// <item>content: id, name of the kind, booking day, click day, campaign, revision, clicks, corrected id, reference, note,
/// number of legs, then account and micros of each leg;</item>
/// <item>a seal: the text <c>clickfuncs-ledger-seal-1</c>, number of journals, then for each, in
/// <see cref="JournalId.Order"/>: advertiser, currency, number of entries, the 32 bytes of its last hash, balance.</item>
/// </list>
/// Every field has its length or a fixed one, so two different entries never have the same bytes. A change of any of this
/// needs a new name in front, and code that still checks the old one.
/// </summary>
public static class LedgerEncoding
{
    private const string EntryFormat = "clickfuncs-ledger-entry-1";
    private const string SealFormat = "clickfuncs-ledger-seal-1";

    /// <summary>The hash of an entry.</summary>
    /// <param name="previous">The hash of the entry before it; zero for the first.</param>
    /// <param name="journal">Its journal.</param>
    /// <param name="sequence">Its place, from 1.</param>
    /// <param name="posting">What was posted.</param>
    public static LedgerHash HashEntry(LedgerHash previous, JournalId journal, long sequence, LedgerPosting posting) =>
        LedgerHash.Of(Entry(previous, journal, sequence, posting));

    /// <summary>The bytes of an entry, as it is hashed.</summary>
    public static byte[] Entry(LedgerHash previous, JournalId journal, long sequence, LedgerPosting posting)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(posting);
        var writer = new LedgerByteWriter();
        writer.Text(EntryFormat);
        writer.Hash(previous);
        writer.Number(sequence);
        writer.Text(journal.AdvertiserId);
        writer.Text(journal.Currency);
        WriteContent(writer, posting);
        return writer.ToArray();
    }

    /// <summary>The bytes of what was posted, without its place: equal for equal postings, and only for them.</summary>
    public static byte[] Content(LedgerPosting posting)
    {
        ArgumentNullException.ThrowIfNull(posting);
        var writer = new LedgerByteWriter();
        WriteContent(writer, posting);
        return writer.ToArray();
    }

    /// <summary>The bytes of a seal, as it is hashed.</summary>
    /// <param name="heads">All heads, in order.</param>
    public static byte[] Seal(IReadOnlyList<JournalHead> heads)
    {
        ArgumentNullException.ThrowIfNull(heads);
        var writer = new LedgerByteWriter();
        writer.Text(SealFormat);
        writer.Number(heads.Count);
        foreach (var head in heads)
        {
            writer.Text(head.Journal.AdvertiserId);
            writer.Text(head.Journal.Currency);
            writer.Number(head.Count);
            writer.Hash(head.Hash);
            writer.Number(head.BalanceMicros);
        }

        return writer.ToArray();
    }

    private static void WriteContent(LedgerByteWriter writer, LedgerPosting posting)
    {
        writer.Text(posting.EntryId);
        writer.Text(posting.Kind.Name());
        writer.Text(Date(posting.BookedOn));
        writer.Text(Date(posting.ClickDay));
        writer.Text(posting.CampaignId);
        writer.Number(posting.Revision);
        writer.Number(posting.Clicks);
        writer.Text(posting.Corrects ?? "");
        writer.Text(posting.Reference);
        writer.Text(posting.Note);
        writer.Number(posting.Legs.Count);
        foreach (var leg in posting.Legs)
        {
            writer.Text(leg.Account);
            writer.Number(leg.AmountMicros);
        }
    }

    private static string Date(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}

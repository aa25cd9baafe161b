namespace ClickFuncs.Ledger;

/// <summary>Makes postings of each kind, with their ids and legs.</summary>
public static class LedgerPostings
{
    /// <summary>What the clicks of a day and campaign cost, or cost more or less than was charged.</summary>
    /// <param name="journal">Who pays, in which currency.</param>
    /// <param name="close">The close that found it.</param>
    /// <param name="campaignId">The campaign.</param>
    /// <param name="amount">Micros and clicks to charge in addition; negative to give back.</param>
    /// <param name="corrects">The first entry for this day and campaign; null when this is it.</param>
    public static LedgerPosting Clicks(JournalId journal, DayClose close, string campaignId, ChargeAmount amount, string? corrects)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(close);
        var kind = corrects is null ? LedgerEntryKind.Charge : LedgerEntryKind.Correction;
        return new LedgerPosting
        {
            EntryId = LedgerEntryIds.Charge(close.Day, campaignId, journal.Currency, close.Revision),
            Kind = kind,
            BookedOn = close.BookedOn,
            ClickDay = close.Day,
            CampaignId = campaignId,
            Revision = close.Revision,
            Clicks = amount.Clicks,
            Corrects = corrects,
            Legs = LedgerAccounts.Legs(journal, kind, amount.Micros),
        };
    }

    /// <summary>Money that came in.</summary>
    /// <param name="journal">From whom, in which currency.</param>
    /// <param name="reference">What the payment is called outside; the same reference is the same payment.</param>
    /// <param name="micros">How much; negative only to take back what <paramref name="corrects"/> names.</param>
    /// <param name="bookedOn">The UTC day it is stated on.</param>
    /// <param name="note">A reason in words; may be empty.</param>
    /// <param name="corrects">Id of the payment that this one corrects, if it does.</param>
    public static LedgerPosting Payment(JournalId journal, string reference, long micros, DateOnly bookedOn, string note = "", string? corrects = null) =>
        Settlement(LedgerEntryKind.Payment, LedgerEntryIds.Payment(reference), journal, reference, micros, bookedOn, note, corrects);

    /// <summary>Goodwill: takes off what is owed, against adjustments. The parameters are those of a payment.</summary>
    public static LedgerPosting Credit(JournalId journal, string reference, long micros, DateOnly bookedOn, string note = "", string? corrects = null) =>
        Settlement(LedgerEntryKind.Credit, LedgerEntryIds.Credit(reference), journal, reference, micros, bookedOn, note, corrects);

    private static LedgerPosting Settlement(
        LedgerEntryKind kind, string id, JournalId journal, string reference, long micros, DateOnly bookedOn, string note, string? corrects) => new()
        {
            EntryId = id,
            Kind = kind,
            BookedOn = bookedOn,
            Reference = reference,
            Note = note,
            Corrects = corrects,
            Legs = LedgerAccounts.Legs(journal, kind, checked(-micros)),
        };
}

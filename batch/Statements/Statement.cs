using ClickFuncs.Ledger;

namespace ClickFuncs.Batch.Statements;

/// <summary>
/// What an advertiser was charged and paid in a month, in one currency, from the ledger alone. Positive amounts are owed to us.
/// It states the entries booked in the month: the charges for its own days, as each day's first close found them, and
/// corrections for earlier days, found and booked in this month. So once all days of a month have been closed its statement
/// never changes, to the byte; only a payment or credit that is booked back could do that.
/// </summary>
/// <param name="Journal">Whose, and in which currency.</param>
/// <param name="Month">The month.</param>
/// <param name="OpeningMicros">Owed before its first day.</param>
/// <param name="Lines">The entries booked in it, by booking day, then by place in the journal.</param>
/// <param name="ClosingMicros">Owed after its last day.</param>
/// <param name="AsOf">The last entry that is booked in or before the month; null if there is none. Its hash vouches for all before it.</param>
public sealed record Statement(
    JournalId Journal, StatementMonth Month, long OpeningMicros, IReadOnlyList<LedgerEntry> Lines, long ClosingMicros, LedgerEntry? AsOf)
{
    /// <summary>Sum of the lines of a kind, in micros.</summary>
    public long Sum(LedgerEntryKind kind) => Lines.Where(line => line.Posting.Kind == kind).Sum(line => line.Posting.AmountMicros);

    /// <summary>Clicks that the lines bill, corrections included.</summary>
    public long Clicks => Lines.Sum(line => line.Posting.Clicks);
}

namespace ClickFuncs.Ledger;

/// <summary>
/// The accounts. Per advertiser and currency one receivable (<see cref="JournalId.Receivable"/>); against it, per currency:
/// <c>revenue</c> for clicks, <c>cash</c> for payments, <c>adjustments</c> for goodwill, which finance sets against revenue.
/// </summary>
public static class LedgerAccounts
{
    /// <summary>The account on the other side of an entry of this kind.</summary>
    public static string Counter(LedgerEntryKind kind, string currency) => kind switch
    {
        LedgerEntryKind.Charge or LedgerEntryKind.Correction => $"revenue:{currency}",
        LedgerEntryKind.Payment => $"cash:{currency}",
        LedgerEntryKind.Credit => $"adjustments:{currency}",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No kind of entry."),
    };

    /// <summary>The two legs of an entry.</summary>
    /// <param name="journal">Whose.</param>
    /// <param name="kind">What it is about.</param>
    /// <param name="owedMicros">By how much it raises what the advertiser owes; a payment is negative.</param>
    public static IReadOnlyList<LedgerLeg> Legs(JournalId journal, LedgerEntryKind kind, long owedMicros)
    {
        ArgumentNullException.ThrowIfNull(journal);
        return [new(journal.Receivable, owedMicros), new(Counter(kind, journal.Currency), checked(-owedMicros))];
    }
}

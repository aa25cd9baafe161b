namespace ClickFuncs.Ledger;

/// <summary>Where a journal stands.</summary>
/// <param name="Journal">Which one.</param>
/// <param name="Count">Number of its entries, which is the sequence number of the last; 0 for none.</param>
/// <param name="Hash">Hash of the last entry; zero for none.</param>
/// <param name="BalanceMicros">What the advertiser owes, in micros; negative when more was paid than charged.</param>
public sealed record JournalHead(JournalId Journal, long Count, LedgerHash Hash, long BalanceMicros)
{
    /// <summary>The head of a journal without entries.</summary>
    public static JournalHead Empty(JournalId journal) => new(journal, 0, default, 0);
}

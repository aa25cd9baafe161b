namespace ClickFuncs.Ledger;

/// <summary>What became of postings.</summary>
/// <param name="Entries">The entry of each posting, in their order, whether it was made now or before.</param>
/// <param name="Added">How many were made now.</param>
/// <param name="Balance">What is owed afterwards.</param>
public sealed record LedgerPosted(IReadOnlyList<LedgerEntry> Entries, int Added, JournalBalance Balance);

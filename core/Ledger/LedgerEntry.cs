namespace ClickFuncs.Ledger;

/// <summary>A posted entry. It never changes.</summary>
/// <param name="Journal">Whose journal it stands in.</param>
/// <param name="Sequence">Its place there, counted from 1 without gaps.</param>
/// <param name="Posting">What was posted.</param>
/// <param name="Hash">Over this entry and the hash of the one before, see <see cref="LedgerEncoding"/>.</param>
public sealed record LedgerEntry(JournalId Journal, long Sequence, LedgerPosting Posting, LedgerHash Hash);

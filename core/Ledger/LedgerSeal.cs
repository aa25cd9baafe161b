namespace ClickFuncs.Ledger;

/// <summary>
/// All heads of the ledger at one moment under one hash. Kept outside the ledger (the close puts one into the lake), it shows
/// later that no journal was cut off or written anew: a chain alone can't, since whoever rewrites it all rewrites the head too.
/// </summary>
/// <param name="Heads">All journals with entries, in <see cref="JournalId.Order"/>.</param>
/// <param name="Hash">Over them, see <see cref="LedgerEncoding"/>.</param>
public sealed record LedgerSeal(IReadOnlyList<JournalHead> Heads, LedgerHash Hash)
{
    /// <summary>Whether heads and hash belong together.</summary>
    public bool IsIntact => LedgerHash.Of(LedgerEncoding.Seal(Heads)) == Hash;

    /// <summary>Seals heads.</summary>
    public static LedgerSeal Of(IEnumerable<JournalHead> heads)
    {
        JournalHead[] ordered = [.. heads.OrderBy(head => head.Journal, JournalId.Order)];
        return new LedgerSeal(ordered, LedgerHash.Of(LedgerEncoding.Seal(ordered)));
    }
}

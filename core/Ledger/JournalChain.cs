namespace ClickFuncs.Ledger;

/// <summary>
/// Follows a journal from its first entry and says where the chain breaks. It goes on from what is stored, so that one
/// altered entry is one finding and not one for each that follows.
/// </summary>
public sealed class JournalChain(JournalId journal)
{
    /// <summary>Where the journal stands after the entries followed so far, by their own account.</summary>
    public JournalHead Head { get; private set; } = JournalHead.Empty(journal);

    /// <summary>Takes the next entry.</summary>
    /// <returns>A sentence for everything wrong with it.</returns>
    public IReadOnlyList<string> Follow(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var findings = new List<string>();
        var name = FormattableString.Invariant($"Ledger of {journal}, entry {entry.Sequence} ('{entry.Posting.EntryId}')");
        if (entry.Sequence != Head.Count + 1)
            findings.Add(FormattableString.Invariant($"{name}: it follows entry {Head.Count}; entries between them are missing."));
        else if (LedgerEncoding.HashEntry(Head.Hash, journal, entry.Sequence, entry.Posting) != entry.Hash)
            findings.Add($"{name}: its hash does not match; it, or its place in the journal, was altered.");
        findings.AddRange(LedgerRules.Problems(journal, entry.Posting).Select(problem => $"{name}: {problem}"));
        // Findings about sums come from the head; a wrapped sum is as wrong as any.
        Head = new JournalHead(journal, entry.Sequence, entry.Hash, unchecked(Head.BalanceMicros + entry.Posting.AmountMicros));
        return findings;
    }
}

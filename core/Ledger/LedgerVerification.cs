using ClickFuncs.Money;

namespace ClickFuncs.Ledger;

/// <summary>
/// Reads the whole ledger and says what is wrong: broken chains, unbalanced entries, heads that don't match, and what
/// contradicts a seal. One journal at a time, in constant memory.
/// </summary>
public sealed class LedgerVerification(ILedger ledger, IReadOnlyCollection<LedgerSeal> seals)
{
    /// <summary>A sentence per finding; none when all is well. Nobody may post meanwhile.</summary>
    public async ValueTask<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var findings = seals.Where(seal => !seal.IsIntact)
            .Select(seal => $"The ledger seal {seal.Hash} does not match its own content; it was altered. Restore it.").ToList();
        var sealedHeads = seals.Where(seal => seal.IsIntact).SelectMany(seal => seal.Heads).ToLookup(head => head.Journal);
        var heads = await ledger.ListJournalsAsync(cancellationToken);
        foreach (var head in heads)
            await VerifyAsync(head, [.. sealedHeads[head.Journal]], findings, cancellationToken);
        findings.AddRange(sealedHeads.Select(group => group.Key).Except(heads.Select(head => head.Journal))
            .Select(journal => $"Ledger of {journal}: it was sealed with entries, and now there is none."));
        return findings;
    }

    private async ValueTask VerifyAsync(JournalHead head, IReadOnlyList<JournalHead> sealedHeads, List<string> findings, CancellationToken cancellationToken)
    {
        var chain = new JournalChain(head.Journal);
        var expected = sealedHeads.ToLookup(sealedHead => sealedHead.Count);
        var isAsSealed = true;
        try
        {
            await foreach (var entry in ledger.ReadAllAsync(head.Journal, cancellationToken))
            {
                findings.AddRange(chain.Follow(entry));
                if (entry.Posting.Corrects is { } corrected && !await IsBeforeAsync(entry, corrected, cancellationToken))
                    findings.Add(FormattableString.Invariant($"Ledger of {entry.Journal}: entry {entry.Sequence} corrects '{corrected}', which is not before it."));
                if (!isAsSealed || expected[entry.Sequence].All(sealedHead => sealedHead == chain.Head))
                    continue;
                // Later seals say the same; the first one says from where.
                isAsSealed = false;
                findings.Add(FormattableString.Invariant($"Ledger of {head.Journal}: up to entry {entry.Sequence} it is not what was sealed; it was rewritten."));
            }
        }
        catch (LedgerCorruptException finding)
        {
            findings.Add(finding.Message);
            return;
        }

        findings.AddRange(JudgeHead(head, chain.Head));
        if (sealedHeads.MaxBy(sealedHead => sealedHead.Count) is { } longest && longest.Count > chain.Head.Count)
            findings.Add(FormattableString.Invariant($"Ledger of {head.Journal}: it was sealed with {longest.Count} entries and now has {chain.Head.Count}; its end was cut off."));
    }

    private async ValueTask<bool> IsBeforeAsync(LedgerEntry entry, string id, CancellationToken cancellationToken) =>
        await ledger.FindAsync(entry.Journal, id, cancellationToken) is { } found && found.Sequence < entry.Sequence;

    private static IEnumerable<string> JudgeHead(JournalHead stored, JournalHead read)
    {
        if (stored.Count != read.Count)
            yield return FormattableString.Invariant($"Ledger of {stored.Journal}: the head names {stored.Count} entries, but the last one is {read.Count}.");
        if (stored.Count == read.Count && stored.Hash != read.Hash)
            yield return $"Ledger of {stored.Journal}: the head's hash is not that of the last entry.";
        if (stored.BalanceMicros != read.BalanceMicros)
            yield return $"Ledger of {stored.Journal}: the head's balance is {MoneyText.Format(stored.BalanceMicros, stored.Journal.Currency)}, but the entries sum to {MoneyText.Format(read.BalanceMicros, stored.Journal.Currency)}.";
    }
}

using System.Runtime.CompilerServices;

namespace ClickFuncs.Ledger;

/// <summary>Reads whole journals, a page at a time.</summary>
public static class JournalReading
{
    private const int PageSize = 1000;

    /// <summary>The entries of a journal in order, with those that are posted while it is read.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="journal">The journal.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <param name="fromSequence">First sequence number wanted.</param>
    /// <exception cref="LedgerCorruptException">What is stored is no entry.</exception>
    public static async IAsyncEnumerable<LedgerEntry> ReadAllAsync(
        this ILedger ledger, JournalId journal, [EnumeratorCancellation] CancellationToken cancellationToken, long fromSequence = 1)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var next = fromSequence;
        while (await ledger.ReadJournalAsync(journal, next, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var entry in page)
                yield return entry;
            next = page[^1].Sequence + 1;
        }
    }
}

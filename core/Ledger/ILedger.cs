namespace ClickFuncs.Ledger;

/// <summary>
/// Port: the ledger, double entry and append only. One journal per advertiser and currency, each a chain of hashes. Nothing
/// is ever changed or deleted: a mistake is corrected by an entry that names it. Embedded: SQLite. Azure: Tables, a partition
/// per journal.
/// </summary>
public interface ILedger
{
    /// <summary>
    /// Appends entries to a journal, durably, all or nothing. A posting that is there already with the same content is left as
    /// it is, so the same call can be made again after any failure.
    /// </summary>
    /// <param name="journal">The journal; made with its first entry.</param>
    /// <param name="postings">What to post, in order.</param>
    /// <param name="expected">When given and anything is to be added, the journal must stand there: for whoever decided from what it read.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="ArgumentException">A posting is invalid, see <see cref="LedgerRules"/>, or corrects what is not there.</exception>
    /// <exception cref="LedgerConflictException">An id is taken by other content.</exception>
    /// <exception cref="JournalMovedException">The journal is not at <paramref name="expected"/>.</exception>
    ValueTask<LedgerPosted> PostAsync(
        JournalId journal, IReadOnlyList<LedgerPosting> postings, JournalHead? expected, CancellationToken cancellationToken);

    /// <summary>Reads entries in order.</summary>
    /// <param name="journal">The journal; one that does not exist is empty.</param>
    /// <param name="fromSequence">First sequence number wanted.</param>
    /// <param name="limit">Most entries of this page, at least 1.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>At most <paramref name="limit"/> entries; none at the end of the journal.</returns>
    /// <exception cref="LedgerCorruptException">What is stored is no entry.</exception>
    ValueTask<IReadOnlyList<LedgerEntry>> ReadJournalAsync(JournalId journal, long fromSequence, int limit, CancellationToken cancellationToken);

    /// <summary>Reads the charges and corrections for the clicks of one day, in order.</summary>
    /// <exception cref="LedgerCorruptException">What is stored is no entry.</exception>
    ValueTask<IReadOnlyList<LedgerEntry>> ReadClickDayAsync(JournalId journal, DateOnly clickDay, CancellationToken cancellationToken);

    /// <summary>The entry with this id, or null.</summary>
    /// <exception cref="LedgerCorruptException">What is stored is no entry.</exception>
    ValueTask<LedgerEntry?> FindAsync(JournalId journal, string entryId, CancellationToken cancellationToken);

    /// <summary>Heads of all journals that have entries, of one moment, in <see cref="JournalId.Order"/>.</summary>
    ValueTask<IReadOnlyList<JournalHead>> ListJournalsAsync(CancellationToken cancellationToken);

    /// <summary>What is owed, and what may be; for a journal without entries too.</summary>
    ValueTask<JournalBalance> GetBalanceAsync(JournalId journal, CancellationToken cancellationToken);

    /// <summary>Sets what may be owed from now on. It is a setting, not an entry: it stands in no chain.</summary>
    ValueTask SetCreditLimitAsync(JournalId journal, CreditLimit limit, CancellationToken cancellationToken);

    /// <summary>A seal over all journals as they stand at one moment, to be kept elsewhere.</summary>
    ValueTask<LedgerSeal> SealAsync(CancellationToken cancellationToken);
}

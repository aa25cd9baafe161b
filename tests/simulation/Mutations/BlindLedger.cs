using ClickFuncs.Ledger;

namespace ClickFuncs.Simulation.Tests.Mutations;

/// <summary>A ledger that shows nothing of what is posted for a day, and changes what is posted.</summary>
internal sealed class BlindLedger(ILedger ledger, Func<LedgerPosting, LedgerPosting> change) : ILedger
{
    public ValueTask<LedgerPosted> PostAsync(
        JournalId journal, IReadOnlyList<LedgerPosting> postings, JournalHead? expected, CancellationToken cancellationToken) =>
        ledger.PostAsync(journal, [.. postings.Select(change)], expected, cancellationToken);

    public ValueTask<IReadOnlyList<LedgerEntry>> ReadClickDayAsync(JournalId journal, DateOnly clickDay, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<LedgerEntry>>([]);

    public ValueTask<IReadOnlyList<LedgerEntry>> ReadJournalAsync(JournalId journal, long fromSequence, int limit, CancellationToken cancellationToken) =>
        ledger.ReadJournalAsync(journal, fromSequence, limit, cancellationToken);

    public ValueTask<LedgerEntry?> FindAsync(JournalId journal, string entryId, CancellationToken cancellationToken) =>
        ledger.FindAsync(journal, entryId, cancellationToken);

    public ValueTask<IReadOnlyList<JournalHead>> ListJournalsAsync(CancellationToken cancellationToken) => ledger.ListJournalsAsync(cancellationToken);

    public ValueTask<JournalBalance> GetBalanceAsync(JournalId journal, CancellationToken cancellationToken) => ledger.GetBalanceAsync(journal, cancellationToken);

    public ValueTask SetCreditLimitAsync(JournalId journal, CreditLimit limit, CancellationToken cancellationToken) =>
        ledger.SetCreditLimitAsync(journal, limit, cancellationToken);

    public ValueTask<LedgerSeal> SealAsync(CancellationToken cancellationToken) => ledger.SealAsync(cancellationToken);
}

using ClickFuncs.Ledger;

namespace ClickFuncs.Batch.Tests.Statements;

/// <summary>A ledger whose entries or head read otherwise than they were posted.</summary>
internal sealed class AlteredLedger(ILedger ledger) : ILedger
{
    public Func<LedgerEntry, LedgerEntry> Alter { get; init; } = entry => entry;

    public JournalHead? Head { get; init; }

    public ValueTask<LedgerPosted> PostAsync(JournalId journal, IReadOnlyList<LedgerPosting> postings, JournalHead? expected, CancellationToken cancellationToken) =>
        ledger.PostAsync(journal, postings, expected, cancellationToken);

    public async ValueTask<IReadOnlyList<LedgerEntry>> ReadJournalAsync(JournalId journal, long fromSequence, int limit, CancellationToken cancellationToken) =>
        [.. (await ledger.ReadJournalAsync(journal, fromSequence, limit, cancellationToken)).Select(Alter)];

    public ValueTask<IReadOnlyList<LedgerEntry>> ReadClickDayAsync(JournalId journal, DateOnly clickDay, CancellationToken cancellationToken) =>
        ledger.ReadClickDayAsync(journal, clickDay, cancellationToken);

    public ValueTask<LedgerEntry?> FindAsync(JournalId journal, string entryId, CancellationToken cancellationToken) =>
        ledger.FindAsync(journal, entryId, cancellationToken);

    public ValueTask<IReadOnlyList<JournalHead>> ListJournalsAsync(CancellationToken cancellationToken) => ledger.ListJournalsAsync(cancellationToken);

    public async ValueTask<JournalBalance> GetBalanceAsync(JournalId journal, CancellationToken cancellationToken) =>
        await ledger.GetBalanceAsync(journal, cancellationToken) is var balance && Head is not null ? balance with { Head = Head } : balance;

    public ValueTask SetCreditLimitAsync(JournalId journal, CreditLimit limit, CancellationToken cancellationToken) =>
        ledger.SetCreditLimitAsync(journal, limit, cancellationToken);

    public ValueTask<LedgerSeal> SealAsync(CancellationToken cancellationToken) => ledger.SealAsync(cancellationToken);
}

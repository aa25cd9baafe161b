using ClickFuncs.Ledger;

namespace ClickFuncs.Testing.Ledger;

/// <summary>A ledger in lists, that keeps the port's contract; the process can be made to die at its writes.</summary>
public sealed class InMemoryLedger : ILedger
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<JournalId, List<LedgerEntry>> _journals = new(JournalId.Order);
    private readonly Dictionary<JournalId, CreditLimit> _limits = [];

    /// <summary>Called before ("commit") and after ("committed") each write; what it throws is the process dying there.</summary>
    public Action<string>? AtStep { get; set; }

    public ValueTask<LedgerPosted> PostAsync(
        JournalId journal, IReadOnlyList<LedgerPosting> postings, JournalHead? expected, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var entries = Entries(journal);
            var append = JournalAppend.Plan(Head(journal, entries), postings, expected, id => entries.Find(entry => entry.Posting.EntryId == id));
            if (append.Added.Count > 0)
            {
                AtStep?.Invoke("commit");
                _journals[journal] = [.. entries, .. append.Added];
                AtStep?.Invoke("committed");
            }

            return ValueTask.FromResult(new LedgerPosted(append.Entries, append.Added.Count, Balance(journal)));
        }
    }

    public ValueTask<IReadOnlyList<LedgerEntry>> ReadJournalAsync(JournalId journal, long fromSequence, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return Select(journal, entry => entry.Sequence >= fromSequence, limit);
    }

    public ValueTask<IReadOnlyList<LedgerEntry>> ReadClickDayAsync(JournalId journal, DateOnly clickDay, CancellationToken cancellationToken) =>
        Select(journal, entry => entry.Posting.ClickDay == clickDay, int.MaxValue);

    public ValueTask<LedgerEntry?> FindAsync(JournalId journal, string entryId, CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult(Entries(journal).Find(entry => entry.Posting.EntryId == entryId));
    }

    public ValueTask<IReadOnlyList<JournalHead>> ListJournalsAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult<IReadOnlyList<JournalHead>>([.. _journals.Select(journal => Head(journal.Key, journal.Value))]);
    }

    public ValueTask<JournalBalance> GetBalanceAsync(JournalId journal, CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult(Balance(journal));
    }

    public ValueTask SetCreditLimitAsync(JournalId journal, CreditLimit limit, CancellationToken cancellationToken)
    {
        lock (_lock)
            _limits[journal] = limit;
        return ValueTask.CompletedTask;
    }

    public async ValueTask<LedgerSeal> SealAsync(CancellationToken cancellationToken) => LedgerSeal.Of(await ListJournalsAsync(cancellationToken));

    private ValueTask<IReadOnlyList<LedgerEntry>> Select(JournalId journal, Func<LedgerEntry, bool> wanted, int limit)
    {
        lock (_lock)
            return ValueTask.FromResult<IReadOnlyList<LedgerEntry>>([.. Entries(journal).Where(wanted).Take(limit)]);
    }

    private List<LedgerEntry> Entries(JournalId journal) => _journals.GetValueOrDefault(journal) ?? [];

    private JournalBalance Balance(JournalId journal) => new(Head(journal, Entries(journal)), _limits.GetValueOrDefault(journal));

    private static JournalHead Head(JournalId journal, List<LedgerEntry> entries) => entries.Count == 0
        ? JournalHead.Empty(journal)
        : new JournalHead(journal, entries.Count, entries[^1].Hash, entries.Sum(entry => entry.Posting.AmountMicros));
}

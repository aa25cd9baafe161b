using ClickFuncs.Budgets;
using ClickFuncs.Testing.State;

namespace ClickFuncs.Testing.Budgets;

/// <summary>
/// Budgets and spend as plain objects, for simulations: they survive the "crash" of whoever uses them, and pass the same contract
/// suite as the real ones.
/// </summary>
public sealed class InMemoryBudgetStore : IBudgetStore, ISpendStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, StoredBudget> _budgets = new(StringComparer.Ordinal);
    private readonly Dictionary<int, CoveredPartition> _covered = [];
    private readonly Dictionary<(int, long, string, string), SpendPartial> _minutes = [];
    private readonly Dictionary<(int, string, string), SealedSpend> _days = [];
    private long _token;
    private long _readThrough = -1;

    /// <summary>Called before and after each call; throw <see cref="SimulatedCrashException"/> to die there.</summary>
    public Func<string, ValueTask> AtStep { get; set; } = _ => ValueTask.CompletedTask;

    public async ValueTask<StoredBudget> PutAsync(CampaignBudget budget, long? expectedVersion, CancellationToken cancellationToken)
    {
        BudgetRules.Check(budget);
        return await AtomicallyAsync(() =>
        {
            var stored = _budgets.GetValueOrDefault(budget.CampaignId);
            BudgetWriteRule.Require(budget, stored, expectedVersion);
            if (stored?.Budget == budget)
                return stored;
            return _budgets[budget.CampaignId] = new StoredBudget(budget, Version() + 1);
        }, "put");
    }

    public ValueTask<StoredBudget?> FindAsync(string campaignId, CancellationToken cancellationToken) =>
        AtomicallyAsync(() => _budgets.GetValueOrDefault(campaignId), "find");

    public ValueTask<IReadOnlyList<StoredBudget>> ListAsync(CancellationToken cancellationToken) =>
        AtomicallyAsync<IReadOnlyList<StoredBudget>>(() => [.. _budgets.Values], "list");

    public ValueTask<long> GetVersionAsync(CancellationToken cancellationToken) => AtomicallyAsync(Version, "version");

    public ValueTask<SpendState> TakeOverAsync(CancellationToken cancellationToken) =>
        AtomicallyAsync(() => new SpendState(++_token, [.. _covered.Values], [.. _minutes.Values], [.. _days.Values], _readThrough), "take-over");

    public async ValueTask CommitAsync(long token, SpendCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        await AtomicallyAsync(() =>
        {
            if (token != _token)
                throw new SpendTakenOverException(token);
            Write(commit);
            return true;
        }, "commit");
    }

    private long Version() => _budgets.Count == 0 ? 0 : _budgets.Values.Max(stored => stored.Version);

    private void Write(SpendCommit commit)
    {
        _readThrough = commit.ReadThrough ?? _readThrough;
        foreach (var partial in commit.Partials)
            _minutes[(partial.Partition, partial.MinuteStartMs, partial.CampaignId, partial.Currency)] = partial;
        foreach (var day in commit.Sealed)
            _days[(day.Day, day.CampaignId, day.Currency)] = day;
        foreach (var covered in commit.Covered)
        {
            _covered[covered.Partition] = covered;
            foreach (var gone in _minutes.Keys.Where(minute => minute.Item1 == covered.Partition && minute.Item2 < covered.SealedMs).ToList())
                _minutes.Remove(gone);
        }

        if (commit.ForgetBefore is not { } before)
            return;
        foreach (var gone in _days.Keys.Where(day => day.Item1 < before && !_budgets.ContainsKey(day.Item2)).ToList())
            _days.Remove(gone);
        foreach (var gone in _minutes.Values.Where(minute => minute.Day < before && !_budgets.ContainsKey(minute.CampaignId)).ToList())
            _minutes.Remove((gone.Partition, gone.MinuteStartMs, gone.CampaignId, gone.Currency));
    }

    private async ValueTask<T> AtomicallyAsync<T>(Func<T> action, string name)
    {
        await AtStep($"before {name}");
        T result;
        lock (_lock)
            result = action();
        await AtStep($"after {name}");
        return result;
    }
}

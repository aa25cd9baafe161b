using System.Runtime.InteropServices;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Budgets;

/// <summary>
/// One ownership of all campaigns' spend: takes reports in, commits what they change, decides every budget and shows the decisions.
/// After any exception it is over: open a new one, which starts from what is committed. Not thread-safe.
/// </summary>
public sealed class BudgetLane
{
    // Yesterday too: a budget that is set today may start yesterday, and late clicks still come for it.
    private const int DaysWithoutBudget = 2;

    private readonly ISpendStore _spend;
    private readonly IBudgetStore _store;
    private readonly BudgetBoard _board;
    private readonly BudgetOptions _options;
    private readonly SpendTable _table;
    private readonly SpendFreshness _freshness = new();
    private readonly Dictionary<string, SpendVelocity> _velocities = new(StringComparer.Ordinal);
    private readonly long[] _covered;
    private readonly long _token;
    private Dictionary<string, StoredBudget> _budgets = new(StringComparer.Ordinal);
    private long _budgetsVersion = -1;
    private int _forgottenBefore;
    private long _tooLate;

    private BudgetLane(SpendState state, int partitions, ISpendStore spend, IBudgetStore store, BudgetBoard board, BudgetOptions options)
    {
        (_spend, _store, _board, _options, _token) = (spend, store, board, options, state.Token);
        _table = new SpendTable(state);
        _forgottenBefore = int.MinValue;
        ReadThrough = state.ReadThrough;
        _covered = [.. Enumerable.Range(0, partitions).Select(_table.Covered)];
    }

    /// <summary>Position of the last report that is durable in the spend.</summary>
    public long ReadThrough { get; private set; }

    /// <summary>How soon the campaign that is nearest to a limit wants to hear again.</summary>
    public TimeSpan ReportInterval { get; private set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes the spend over and reads what is committed.</summary>
    public static async Task<BudgetLane> OpenAsync(
        int partitions, ISpendStore spend, IBudgetStore store, BudgetBoard board, BudgetOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spend);
        var lane = new BudgetLane(await spend.TakeOverAsync(cancellationToken), partitions, spend, store, board, options);
        await lane.RefreshBudgetsAsync(cancellationToken);
        return lane;
    }

    /// <summary>Reads the budgets if any changed.</summary>
    public async Task RefreshBudgetsAsync(CancellationToken cancellationToken)
    {
        var version = await _store.GetVersionAsync(cancellationToken);
        if (version == _budgetsVersion)
            return;
        _budgets = (await _store.ListAsync(cancellationToken)).ToDictionary(stored => stored.Budget.CampaignId, StringComparer.Ordinal);
        _budgetsVersion = version;
    }

    /// <summary>Takes reports in; completes when they are durable. Reports that came before change nothing.</summary>
    /// <exception cref="SpendTakenOverException">Somebody else has taken the spend over.</exception>
    public async Task ApplyAsync(SpendBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var commit = _table.Apply(batch.Reports, IsWanted) with { ReadThrough = Math.Max(ReadThrough, batch.ReadThrough) };
        if (commit.Covered.Count > 0 || commit.Partials.Count > 0 || commit.ReadThrough > ReadThrough)
            await _spend.CommitAsync(_token, commit, cancellationToken);
        ReadThrough = commit.ReadThrough.Value;
        foreach (var covered in commit.Covered)
            _covered[covered.Partition] = covered.Version;
        BudgetInstruments.TooLate.Add(_table.TooLate - _tooLate);
        _tooLate = _table.TooLate;
    }

    /// <summary>Notes where the partitions of the log ended at a time: spend that covers these ends is fresh as of then.</summary>
    /// <param name="atMs">A time not after the one at which they were read, milliseconds since the Unix epoch.</param>
    /// <param name="next">For each partition the sequence number that the next record will get.</param>
    public void NoteLogEnds(long atMs, long[] next) => _freshness.Sample(atMs, next);

    /// <summary>Decides every budget and shows the decisions.</summary>
    /// <param name="nowMs">The time, milliseconds since the Unix epoch.</param>
    public void Decide(long nowMs)
    {
        _freshness.Cover(_covered);
        var before = _board.Current;
        var decided = new List<BudgetEntry>(_budgets.Count);
        foreach (var currency in _budgets.Values.GroupBy(stored => stored.Budget.Currency))
            DecideCurrency([.. currency], nowMs, before, decided);
        foreach (var gone in _velocities.Keys.Where(id => !_budgets.ContainsKey(id)).ToList())
            _velocities.Remove(gone);
        ReportInterval = decided.Count == 0
            ? _options.MaxReportInterval
            : TimeSpan.FromMilliseconds(decided.Min(entry => entry.Decision.ReportIntervalMs));
        _board.Show(new BudgetSnapshot(decided, _freshness.AsOfMs, nowMs));
    }

    /// <summary>Forgets, once a day, what campaigns without a budget spent before yesterday.</summary>
    public async Task ForgetAsync(long nowMs, CancellationToken cancellationToken)
    {
        var beforeDay = BudgetDay.Of(nowMs) - DaysWithoutBudget + 1;
        if (beforeDay <= _forgottenBefore)
            return;
        await _spend.CommitAsync(_token, new SpendCommit { ForgetBefore = beforeDay }, cancellationToken);
        _table.Forget(beforeDay, _budgets.ContainsKey);
        _forgottenBefore = beforeDay;
    }

    private bool IsWanted(SpendPartial partial) => partial.Day >= _forgottenBefore || _budgets.ContainsKey(partial.CampaignId);

    private void DecideCurrency(StoredBudget[] budgets, long nowMs, BudgetSnapshot before, List<BudgetEntry> decided)
    {
        var figures = new BudgetFigures[budgets.Length];
        var decisions = new (BudgetDecision Decision, long MicrosPerSecond)[budgets.Length];
        for (var i = 0; i < budgets.Length; i++)
        {
            figures[i] = Figure(budgets[i].Budget, nowMs);
            decisions[i] = (BudgetDecisionRule.Decide(budgets[i].Budget, figures[i], _options), figures[i].MicrosPerSecond);
        }

        if (budgets.Length > 0 && figures[0].AsOfMs != long.MinValue)
            TotalRiskRule.Apply(decisions, figures[0].AsOfMs, figures[0].StalenessMs, _options.TotalRiskMicros);
        for (var i = 0; i < budgets.Length; i++)
            decided.Add(new BudgetEntry(budgets[i], figures[i], decisions[i].Decision, Since(before, budgets[i].Budget, decisions[i].Decision, nowMs)));
    }

    private BudgetFigures Figure(CampaignBudget budget, long nowMs)
    {
        var first = BudgetDay.Of(budget.Start);
        var total = _table.SpentFrom(budget.CampaignId, budget.Currency, first);
        ref var velocity = ref CollectionsMarshal.GetValueRefOrAddDefault(_velocities, budget.CampaignId, out _);
        velocity ??= new SpendVelocity();
        if (_freshness.AsOfMs != long.MinValue)
            velocity.Observe(_freshness.AsOfMs, total);
        return new BudgetFigures(
            nowMs, _freshness.AsOfMs, _table.Spent(budget.CampaignId, budget.Currency, BudgetDay.Of(nowMs)), total, velocity.MicrosPerSecond,
            _table.HasOtherCurrency(budget.CampaignId, budget.Currency, first));
    }

    private static long Since(BudgetSnapshot before, CampaignBudget budget, in BudgetDecision decision, long nowMs) =>
        before.TryFind(budget.CampaignId, out var entry) && entry.Decision.State == decision.State && entry.Decision.Reason == decision.Reason
            ? entry.SinceMs
            : nowMs;
}

using System.Runtime.InteropServices;
using ClickFuncs.Windows;

namespace ClickFuncs.Budgets;

/// <summary>
/// What all campaigns have spent, and how far the partitions of the log are in it. A cache of what is committed: throw it away after a
/// failed commit. Reports may come again and in any order, except that a minute's last amount comes before it is said to be closed.
/// Not thread-safe.
/// </summary>
public sealed class SpendTable
{
    private readonly Dictionary<SpendKey, CampaignSpend> _spend = [];
    private readonly Dictionary<string, List<string>> _currencies = new(StringComparer.Ordinal);
    private readonly Dictionary<int, CoveredPartition> _covered = [];

    /// <summary>An empty table, or what was committed.</summary>
    public SpendTable(SpendState? state = null)
    {
        if (state is null)
            return;
        foreach (var covered in state.Covered)
            _covered[covered.Partition] = covered;
        foreach (var day in state.Sealed)
            Of(day.CampaignId, day.Currency).Restore(day.Day, day.Micros);
        foreach (var partial in state.Partials)
            Of(partial.CampaignId, partial.Currency).Apply(partial);
    }

    /// <summary>Reported minutes that came after they were sealed; their amounts were not taken.</summary>
    public long TooLate { get; private set; }

    /// <summary>Last sequence number of a partition that is in the amounts; -1 for none.</summary>
    public long Covered(int partition) => _covered.TryGetValue(partition, out var covered) ? covered.Version : -1;

    /// <summary>What a campaign spent on a UTC day in a currency.</summary>
    public long Spent(string campaignId, string currency, int day) =>
        _spend.TryGetValue(new SpendKey(campaignId, currency), out var spend) ? spend.Of(day) : 0;

    /// <summary>What it spent from a UTC day on.</summary>
    public long SpentFrom(string campaignId, string currency, int firstDay) =>
        _spend.TryGetValue(new SpendKey(campaignId, currency), out var spend) ? spend.From(firstDay) : 0;

    /// <summary>Whether it spent anything from a UTC day on in another currency than this.</summary>
    public bool HasOtherCurrency(string campaignId, string currency, int firstDay) =>
        _currencies.TryGetValue(campaignId, out var all) && all.Exists(other => other != currency && SpentFrom(campaignId, other, firstDay) != 0);

    /// <summary>Takes reports in and gives what to commit for them.</summary>
    /// <param name="reports">The reports.</param>
    /// <param name="isWanted">Tells amounts that would be forgotten at once, such as those of an imported file of last year; null: all are wanted.</param>
    public SpendCommit Apply(IReadOnlyCollection<SpendReport> reports, Func<SpendPartial, bool>? isWanted = null)
    {
        ArgumentNullException.ThrowIfNull(reports);
        var changed = new Dictionary<(SpendKey, int, long), SpendPartial>();
        var sealedDays = new HashSet<(SpendKey Key, int Day)>();
        var covered = new Dictionary<int, CoveredPartition>();
        foreach (var report in reports)
        {
            var before = _covered.GetValueOrDefault(report.Partition, new CoveredPartition(report.Partition, -1, 0));
            foreach (var partial in report.Partials)
            {
                if (isWanted is not null && !isWanted(partial))
                    continue;
                if (partial.MinuteStartMs < before.SealedMs)
                    TooLate++;
                else if (Of(partial.CampaignId, partial.Currency).Apply(partial))
                    changed[(new SpendKey(partial.CampaignId, partial.Currency), partial.Partition, partial.MinuteStartMs)] = partial;
            }

            var after = new CoveredPartition(
                report.Partition, Math.Max(before.Version, report.Version),
                Math.Max(before.SealedMs, report.ClosedThroughMs <= 0 ? 0 : WatermarkRule.WindowStart(report.ClosedThroughMs)));
            if (after == before)
                continue;
            _covered[report.Partition] = covered[report.Partition] = after;
            // Once a minute per partition: it walks all campaigns.
            if (after.SealedMs > before.SealedMs)
                Seal(after, sealedDays);
        }

        return new SpendCommit
        {
            Covered = [.. covered.Values],
            Partials = [.. changed.Values.Where(partial => partial.MinuteStartMs >= SealedMs(partial.Partition))],
            Sealed = [.. sealedDays.Select(day => new SealedSpend(day.Key.CampaignId, day.Key.Currency, day.Day, _spend[day.Key].SealedMicros(day.Day)))],
        };
    }

    /// <summary>Forgets days before this one of campaigns that have no budget.</summary>
    public void Forget(int beforeDay, Func<string, bool> hasBudget)
    {
        ArgumentNullException.ThrowIfNull(hasBudget);
        foreach (var (key, spend) in _spend)
        {
            if (hasBudget(key.CampaignId))
                continue;
            spend.Forget(beforeDay);
            if (!spend.IsEmpty)
                continue;
            _spend.Remove(key);
            if (_currencies[key.CampaignId] is var all && all.Remove(key.Currency) && all.Count == 0)
                _currencies.Remove(key.CampaignId);
        }
    }

    // Of a partition whose first report is in several records nothing is covered before the last of them.
    private long SealedMs(int partition) => _covered.TryGetValue(partition, out var covered) ? covered.SealedMs : 0;

    private void Seal(CoveredPartition covered, HashSet<(SpendKey, int)> days)
    {
        foreach (var (key, spend) in _spend)
        {
            foreach (var day in spend.Seal(covered.Partition, covered.SealedMs))
                days.Add((key, day));
        }
    }

    private CampaignSpend Of(string campaignId, string currency)
    {
        ref var spend = ref CollectionsMarshal.GetValueRefOrAddDefault(_spend, new SpendKey(campaignId, currency), out var exists);
        if (exists)
            return spend!;
        if (!_currencies.TryGetValue(campaignId, out var all))
            _currencies.Add(campaignId, all = []);
        all.Add(currency);
        return spend = new CampaignSpend();
    }
}

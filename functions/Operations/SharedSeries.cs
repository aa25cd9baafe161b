using System.Globalization;
using ClickFuncs.Api.Alerts;
using ClickFuncs.Api.Metrics;

namespace ClickFuncs.Functions.Operations;

/// <summary>
/// What the watch found as metrics, by the names that one machine has for the same. Pure. Three are told from other things than there: a partition is failing when
/// records wait and none was published for a minute, what was appended is by the hub's own numbers, and freshness is not a probe's: it is how long records
/// that wait to be published have waited at least.
/// </summary>
public static class SharedSeries
{
    private const string Lag = "clickfuncs_partition_lag";
    private const string Waiting = "clickfuncs_partition_lag_seconds";
    private const string WatermarkLag = "clickfuncs_partition_watermark_lag_seconds";
    private const string Failing = "clickfuncs_partition_failing";
    private const string Freshness = "clickfuncs_freshness_seconds";
    private const string Events = "clickfuncs_processor_events_total";
    private const string Appended = "clickfuncs_log_appended_total";
    private const string LastSequence = "clickfuncs_log_last_sequence";
    private const string LastArrival = "clickfuncs_log_last_arrival_age_seconds";
    private const string CommittedSequence = "clickfuncs_partition_committed_sequence";
    private const string SpoolFiles = "clickfuncs_spool_files";
    private const string SpoolDepth = "clickfuncs_spool_depth";
    private const string SpoolAge = "clickfuncs_spool_age_seconds";
    private const string AtRisk = "clickfuncs_budget_total_money_at_risk";
    private const string RiskLimit = "clickfuncs_budget_total_risk_limit";
    private const string Staleness = "clickfuncs_budget_staleness_seconds";
    private const string Campaigns = "clickfuncs_budget_campaigns";
    private const string Partition = "partition";

    private const double MicrosPerUnit = 1_000_000;
    private const string ByInstance = "Each instance counts this for itself; the rule of this name in Azure Monitor adds them up.";
    private const string NoDisk = "Nothing is kept on a disk here.";

    private static readonly HashSet<string> Counters = new(StringComparer.Ordinal) { Events, Appended };

    private static readonly Dictionary<string, string> Missing = new(StringComparer.Ordinal)
    {
        ["clickfuncs_log_failures_total"] = ByInstance,
        ["clickfuncs_redirect_requests_total"] = ByInstance,
        ["clickfuncs_reconciliation_alerts_total"] = ByInstance,
        ["clickfuncs_workflow_runs_total"] = "The instance that ends a run counts it; the rule of this name in Azure Monitor adds them up. Last runs are told beside the alerts.",
        ["clickfuncs_spool_refused_total"] = "Each instance counts this for itself, and no rule adds them up: such clicks are answered 503, see clicks_shed.",
        ["clickfuncs_spool_size_bytes"] = "The limit is each instance's own; what waits in all spools is told as events.",
        ["clickfuncs_disk_free_bytes"] = NoDisk,
        ["clickfuncs_archive_failing"] = "Capture archives here, which is the service's own: see its metrics in Azure Monitor.",
    };

    /// <summary>All series.</summary>
    public static IReadOnlyList<MetricSample> Of(OperationsContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return [.. content.Partitions.SelectMany(partition => OfPartition(partition, content.AtMs)), .. Whole(content)];
    }

    /// <summary>What the alerts are judged from.</summary>
    public static SharedReading Reading(OperationsContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var all = Of(content);
        var perPartition = content.Partitions.Count;
        var known = new HashSet<string>(StringComparer.Ordinal);
        // Of a metric by partition all must be there: one that is silent must not pass for one that is well.
        known.UnionWith(new[] { Lag, Failing }.Where(metric => perPartition > 0 && all.Count(sample => sample.Name == metric) == perPartition));
        if (perPartition > 0 && content.Partitions.All(partition => partition.Head is not null))
            known.UnionWith([Events, WatermarkLag]);
        if (all.Any(sample => sample.Name == Appended))
            known.Add(Appended);
        if (all.Any(sample => sample.Name == Freshness))
            known.Add(Freshness);
        if (content.Spool is not null)
            known.UnionWith([SpoolAge, SpoolDepth, SpoolFiles]);
        if (content.Budgets is not null)
            known.UnionWith([AtRisk, RiskLimit, Staleness, Campaigns]);
        // Rules take events of all partitions together: so they are kept as one series for each outcome.
        var summed = all.Where(sample => sample.Name == Events).GroupBy(sample => sample.Labels.Single(label => label.Key == "outcome").Value)
            .Select(outcome => MetricSample.Of(Events, outcome.Sum(sample => sample.Value), ("outcome", outcome.Key)));
        return new SharedReading(
            DateTimeOffset.FromUnixTimeMilliseconds(content.AtMs), [.. all.Where(sample => sample.Name != Events), .. summed], known, Counters, Missing);
    }

    private static IEnumerable<MetricSample> OfPartition(PartitionReading partition, long nowMs)
    {
        var label = (Partition, partition.Partition.ToString(CultureInfo.InvariantCulture));
        if (partition.Lag is { } lag)
            yield return MetricSample.Of(Lag, lag, label);
        if (partition.WaitingMs(nowMs) is { } waiting)
            yield return MetricSample.Of(Waiting, waiting / 1000.0, label);
        if (partition.IsStalled(nowMs) is { } isStalled)
            yield return MetricSample.Of(Failing, isStalled ? 1 : 0, label);
        if (partition.Next is { } next)
            yield return MetricSample.Of(LastSequence, next - 1, label);
        if (partition.LastArrivalMs is { } arrival)
            yield return MetricSample.Of(LastArrival, Math.Max(0, nowMs - arrival) / 1000.0, label);
        if (partition.Head is not { } head)
            yield break;
        yield return MetricSample.Of(CommittedSequence, head.Position, label);
        if (head.WatermarkMs != long.MinValue)
            yield return MetricSample.Of(WatermarkLag, (nowMs - head.WatermarkMs) / 1000.0, label);
        var counters = head.Counters;
        foreach (var (outcome, count) in new[]
        {
            ("accepted", counters.Accepted), ("invalid", counters.Invalid), ("duplicate", counters.Duplicates), ("late", counters.LateDropped),
            ("quarantined", counters.Quarantined), ("non_click", counters.NonClicks),
        })
        {
            yield return MetricSample.Of(Events, count, ("outcome", outcome), label);
        }
    }

    private static IEnumerable<MetricSample> Whole(OperationsContent content)
    {
        if (content.Partitions.Count > 0 && content.Partitions.All(partition => partition.Next is not null))
            yield return MetricSample.Of(Appended, content.Partitions.Sum(partition => (double)partition.Next!), ("log", "clicks"));
        // Of all partitions or not at all: the one that can't be read may be the one that waits.
        var waited = content.Partitions.Select(partition => partition.WaitedMs(content.AtMs)).ToList();
        if (waited.Count > 0 && waited.TrueForAll(ms => ms is not null))
            yield return MetricSample.Of(Freshness, waited.Max()!.Value / 1000.0);
        if (content.Spool is { } spool)
        {
            yield return MetricSample.Of(SpoolFiles, spool.Files);
            yield return MetricSample.Of(SpoolDepth, spool.Events);
            yield return MetricSample.Of(SpoolAge, spool.OldestMs is { } oldest ? Math.Max(0, content.AtMs - oldest) / 1000.0 : 0);
        }

        if (content.Budgets is not { } budgets)
            yield break;
        yield return MetricSample.Of(RiskLimit, budgets.LimitMicros / MicrosPerUnit);
        foreach (var (currency, micros) in budgets.AtRiskMicros)
            yield return MetricSample.Of(AtRisk, micros / MicrosPerUnit, ("currency", currency));
        foreach (var (state, count) in budgets.Campaigns)
            yield return MetricSample.Of(Campaigns, count, ("state", state));
        if (budgets.AsOfMs != long.MinValue)
            yield return MetricSample.Of(Staleness, (content.AtMs - budgets.AsOfMs) / 1000.0);
    }
}

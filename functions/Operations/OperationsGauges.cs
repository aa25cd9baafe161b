using System.Diagnostics.Metrics;
using ClickFuncs.Freshness;
using ClickFuncs.Telemetry;
using Microsoft.Extensions.Hosting;

namespace ClickFuncs.Functions.Operations;

/// <summary>
/// What the watch found as metrics of the instance it looked on, for the rules in Azure Monitor: of all partitions once, whichever instances count them. An
/// instance on which it has not looked lately is silent.
/// </summary>
public sealed class OperationsGauges(OperationsWatch watch, TimeProvider time) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Observe(Instruments.PartitionLag, "{record}", "Records on the log that queries do not show yet, by partition.", "clickfuncs_partition_lag");
        Observe(Instruments.WatermarkLag, "s", "Age of the watermark, by partition; it also grows while no events come.", "clickfuncs_partition_watermark_lag_seconds");
        Observe(Instruments.PartitionFailing, "{partition}", "1 while records of a partition wait and none was published for a minute.", "clickfuncs_partition_failing");
        Observe(FreshnessInstruments.Freshness, "s", "For how long events that queries do not show yet have waited at least.", "clickfuncs_freshness_seconds");
        Observe(BudgetInstruments.AtRiskTotal, "{unit}", "What all campaigns of a currency may have spent unseen, in currency units.", "clickfuncs_budget_total_money_at_risk");
        Observe(BudgetInstruments.RiskLimit, "{unit}", "What all campaigns of a currency may have spent unseen together.", "clickfuncs_budget_total_risk_limit");
        Observe(BudgetInstruments.Staleness, "s", "How old the known spend is.", "clickfuncs_budget_staleness_seconds");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Observe(string name, string unit, string description, string series) => Instruments.ObserveGauge(name, unit, description, () =>
        watch.Last is { } last && !last.IsOld(time.GetUtcNow())
            ? [.. SharedSeries.Of(last).Where(sample => sample.Name == series).Select(sample => new Measurement<double>(
                sample.Value, [.. sample.Labels.Select(label => new KeyValuePair<string, object?>(label.Key, label.Value))]))]
            : []);
}

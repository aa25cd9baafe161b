using System.Diagnostics.Metrics;

namespace ClickFuncs.Telemetry;

/// <summary>The metrics of budgets, in the meter of <see cref="Instruments"/>.</summary>
public static class BudgetInstruments
{
    /// <summary>Gauge: velocity times staleness by campaign, in units of the currency; tags <c>campaign</c>, <c>currency</c>. Campaigns beyond the
    /// configured number share one series, <c>other</c>.</summary>
    public const string AtRisk = "clickfuncs.budget.money_at_risk";

    /// <summary>Gauge: the same, all campaigns of a currency together; tag <c>currency</c>.</summary>
    public const string AtRiskTotal = "clickfuncs.budget.total_money_at_risk";

    /// <summary>Gauge: the most that all campaigns of a currency may have spent unseen together, in units of it.</summary>
    public const string RiskLimit = "clickfuncs.budget.total_risk_limit";

    /// <summary>Gauge: how old the known spend is, in seconds.</summary>
    public const string Staleness = "clickfuncs.budget.staleness";

    /// <summary>Gauge: campaigns by state; tag <c>state</c>: active, pacing, held, exhausted.</summary>
    public const string Campaigns = "clickfuncs.budget.campaigns";

    private static readonly Meter Meter = new(Instruments.MeterName);

    /// <summary>Clicks that came in over budget: redirected, marked, not billed.</summary>
    public static readonly Counter<long> OverBudgetClicks = Meter.CreateCounter<long>(
        "clickfuncs.budget.over_budget_clicks", "{click}", "Clicks that came in over budget.");

    /// <summary>Reports of spend to the second-stage log: one per partition and publish, whatever the click volume; several if one would be too long.</summary>
    public static readonly Counter<long> Reports = Meter.CreateCounter<long>(
        "clickfuncs.budget.reports", "{report}", "Reports of spend by the partitions.");

    /// <summary>Amounts of minutes that were closed already; they were not taken. Never happens while partitions report in order.</summary>
    public static readonly Counter<long> TooLate = Meter.CreateCounter<long>(
        "clickfuncs.budget.too_late", "{report}", "Reported amounts that came after their minute was closed.");

    /// <summary>Times that the keeping of spend failed and was started again.</summary>
    public static readonly Counter<long> Failures = Meter.CreateCounter<long>(
        "clickfuncs.budget.failures", "{failure}", "Times that the keeping of spend failed.");
}

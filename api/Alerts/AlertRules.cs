using static ClickFuncs.Api.Alerts.AlertTerm;

namespace ClickFuncs.Api.Alerts;

/// <summary>
/// Every alert of the system. The host evaluates this list; <c>infra/alerts</c> holds the same for Prometheus; docs/operations.md says of each what
/// it means, what to look at and what to do. Limits that belong to a promise (freshness) or a setting (money at risk) follow it; the others are
/// where the machines we measured begin to be in trouble.
/// </summary>
public static class AlertRules
{
    private static readonly TimeSpan AtOnce = TimeSpan.Zero;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly Selector Events = new("clickfuncs_processor_events_total");
    private static readonly Selector Clicks = new("clickfuncs_log_appended_total", ("log", "clicks"));

    // Below this a share says nothing.
    private static readonly AlertCondition SomeTraffic = new(new Sum(new Increase(Events, FiveMinutes)), 1000);

    /// <summary>The alerts, the most urgent first.</summary>
    public static IReadOnlyList<AlertRule> All { get; } =
    [
        new("log_unavailable", AlertSeverity.Page, Above(new Increase(new("clickfuncs_log_failures_total", ("log", "clicks"), ("reason", "unavailable")), Minute), 0), AtOnce,
            "The click log can't be written: clicks go to the spool.", "the-log-is-unavailable-disk-full"),
        new("spool_refusing", AlertSeverity.Page, Above(new Increase(new("clickfuncs_spool_refused_total"), Minute), 0), AtOnce,
            "Neither log nor spool takes clicks: they are answered 503.", "the-spool"),
        new("spool_filling", AlertSeverity.Page, Above(new Quotient(new Now(new("clickfuncs_spool_size_bytes")), new Sum(new Now(new("clickfuncs_spool_limit_bytes")))), 0.5), AtOnce,
            "More than half of what the spool may take is taken.", "the-spool"),
        new("spool_waiting", AlertSeverity.Page, Above(new Now(new("clickfuncs_spool_age_seconds")), 60), AtOnce,
            "Clicks have waited in the spool for more than a minute: the log does not take them.", "the-spool"),
        new("disk_full_soon", AlertSeverity.Page, Below(new Quotient(new Now(new("clickfuncs_disk_free_bytes")), new Sum(new Now(new("clickfuncs_disk_size_bytes")))), 0.03), Minute,
            "Less than 3 % of the disk is free.", "the-disk-is-filling-up"),
        new("disk_space_low", AlertSeverity.Ticket, Below(new Quotient(new Now(new("clickfuncs_disk_free_bytes")), new Sum(new Now(new("clickfuncs_disk_size_bytes")))), 0.1), FiveMinutes,
            "Less than 10 % of the disk is free.", "the-disk-is-filling-up"),
        new("partition_failing", AlertSeverity.Page, Above(new Now(new("clickfuncs_partition_failing")), 0), Minute,
            "A partition fails and is tried again: its clicks are safe on the log and in no count.", "a-partition-is-failing-or-stalled"),
        new("freshness", AlertSeverity.Page, Above(new Now(new("clickfuncs_freshness_seconds")), 30), AtOnce,
            "A click takes more than 30 s to become visible.", "clicks-become-visible-late"),
        new("lag", AlertSeverity.Page, Above(new Quotient(new Sum(new Now(new("clickfuncs_partition_lag"))), new Sum(new Scaled(new Increase(Clicks, Minute), 60))), 30), Minute,
            "More than 30 s worth of clicks wait to be counted.", "clicks-become-visible-late"),
        new("watermark_stalled", AlertSeverity.Ticket,
            Above(new Now(new("clickfuncs_partition_watermark_lag_seconds")), 300) with { While = Above(new Sum(new Increase(Clicks, FiveMinutes)), 1000) }, FiveMinutes,
            "Clicks come in, but a partition's event time stands still.", "the-watermark-stands-still"),
        new("quarantine_rate", AlertSeverity.Ticket,
            Above(new Quotient(new Sum(new Increase(new("clickfuncs_processor_events_total", ("outcome", "quarantined")), FiveMinutes)), new Sum(new Increase(Events, FiveMinutes))), 0.001) with { While = SomeTraffic },
            AtOnce, "More than one event in a thousand is no valid event.", "quarantine-is-growing"),
        new("late_rate", AlertSeverity.Ticket,
            Above(new Quotient(new Sum(new Increase(new("clickfuncs_processor_events_total", ("outcome", "late")), FiveMinutes)), new Sum(new Increase(Events, FiveMinutes))), 0.01) with { While = SomeTraffic },
            AtOnce, "More than one event in a hundred comes too late to be counted before the close.", "late-events-are-growing"),
        new("clicks_shed", AlertSeverity.Ticket, Above(new Increase(new("clickfuncs_redirect_requests_total", ("outcome", "overloaded")), Minute), 0), Minute,
            "Clicks are turned away with 503 because more come than the log takes.", "clicks-are-answered-503"),
        new("money_at_risk", AlertSeverity.Page, Above(new Quotient(new Now(new("clickfuncs_budget_total_money_at_risk")), new Sum(new Now(new("clickfuncs_budget_total_risk_limit")))), 0.5), Minute,
            "Campaigns may have spent more than half of what may be spent unseen.", "money-at-risk-is-high"),
        new("budgets_held", AlertSeverity.Page, Above(new Now(new("clickfuncs_budget_staleness_seconds")), 5), Minute,
            "What campaigns have spent is not known: those with a budget are held back.", "budgets-are-held-back"),
        new("drift", AlertSeverity.Ticket, Above(new Increase(new("clickfuncs_reconciliation_alerts_total", ("alert", "drift")), Hour), 0), AtOnce,
            "Stream and recount of a closed day diverge by more than is usual.", "reconciliation-alert-drift"),
        new("unexplained", AlertSeverity.Page, Above(new Increase(new("clickfuncs_reconciliation_alerts_total", ("alert", "unexplained")), Hour), 0), AtOnce,
            "Stream and recount of a closed day differ for no known cause.", "reconciliation-alert-unexplained"),
        new("close_failed", AlertSeverity.Page, Above(new Increase(new("clickfuncs_workflow_runs_total", ("workflow", "day_close"), ("state", "failed")), Hour), 0), AtOnce,
            "The close of a day failed: it is not billed.", "a-close-fails-or-does-not-end"),
        new("archive_failing", AlertSeverity.Page, Above(new Now(new("clickfuncs_archive_failing")), 0), FiveMinutes,
            "A partition is not archived: the log grows, and its days can't be closed.", "archiving-fails"),
    ];

    private static AlertCondition Above(AlertTerm term, double limit) => new(term, limit);

    private static AlertCondition Below(AlertTerm term, double limit) => new(term, limit, IsBelow: true);
}

using System.Diagnostics.Metrics;

namespace ClickFuncs.Telemetry;

/// <summary>
/// Every metric of the system: name, unit, tags and meaning in one place. Units follow UCUM; durations are in seconds.
/// </summary>
public static class Instruments
{
    /// <summary>Name of the meter to listen to.</summary>
    public const string MeterName = "ClickFuncs";

    /// <summary>Gauge: records on the log that queries do not show yet; tag <c>partition</c>.</summary>
    public const string PartitionLag = "clickfuncs.partition.lag";

    /// <summary>Gauge: age of the watermark in seconds; tag <c>partition</c>.</summary>
    public const string WatermarkLag = "clickfuncs.partition.watermark.lag";

    /// <summary>Gauge: 1 while a partition is failing; tag <c>partition</c>.</summary>
    public const string PartitionFailing = "clickfuncs.partition.failing";

    private static readonly Meter Meter = new(MeterName);

    /// <summary>Redirect requests answered; tag <c>outcome</c>: click, non_click, or the reason of a refusal.</summary>
    public static readonly Counter<long> RedirectRequests = Meter.CreateCounter<long>(
        "clickfuncs.redirect.requests", "{request}", "Redirect requests answered, by outcome.");

    /// <summary>Server time of a redirect that was made durable.</summary>
    public static readonly Histogram<double> RedirectDuration = Meter.CreateHistogram<double>(
        "clickfuncs.redirect.duration", "s", "Server time of a redirect, durable append included.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5] });

    /// <summary>Clicks judged suspect or invalid where they came in, once per reason; tags <c>tier</c>, <c>reason</c>.</summary>
    public static readonly Counter<long> VerdictReasons = Meter.CreateCounter<long>(
        "clickfuncs.verdict.reasons", "{reason}", "Reasons of clicks judged suspect or invalid.");

    /// <summary>Refreshes of the catalog that failed; the earlier snapshot stays in use.</summary>
    public static readonly Counter<long> CatalogRefreshFailures = Meter.CreateCounter<long>(
        "clickfuncs.catalog.refresh.failures", "{refresh}", "Catalog refreshes that failed.");

    /// <summary>Records appended to the log.</summary>
    public static readonly Counter<long> LogAppended = Meter.CreateCounter<long>(
        "clickfuncs.log.appended", "{record}", "Records made durable on the log.");

    /// <summary>Group commits: one write and one sync each.</summary>
    public static readonly Counter<long> LogGroups = Meter.CreateCounter<long>(
        "clickfuncs.log.groups", "{group}", "Group commits, one sync each.");

    /// <summary>Time of one group commit, write and sync.</summary>
    public static readonly Histogram<double> LogSyncDuration = Meter.CreateHistogram<double>(
        "clickfuncs.log.sync.duration", "s", "Write and sync of one group commit.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 1] });

    /// <summary>Appends that the log refused or failed; tag <c>reason</c>.</summary>
    public static readonly Counter<long> LogFailures = Meter.CreateCounter<long>(
        "clickfuncs.log.failures", "{record}", "Appends refused or failed, by reason.");

    /// <summary>Events by what became of them; tags <c>partition</c>, <c>outcome</c>: accepted, duplicate, late, quarantined, non_click.</summary>
    public static readonly Counter<long> ProcessorEvents = Meter.CreateCounter<long>(
        "clickfuncs.processor.events", "{event}", "Events processed, by outcome.");

    /// <summary>Time of one state commit; tag <c>partition</c>.</summary>
    public static readonly Histogram<double> CommitDuration = Meter.CreateHistogram<double>(
        "clickfuncs.processor.commit.duration", "s", "State commits.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5] });

    /// <summary>Time of one publish to the analytics store.</summary>
    public static readonly Histogram<double> PublishDuration = Meter.CreateHistogram<double>(
        "clickfuncs.publish.duration", "s", "Publishes to the analytics store.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5] });

    /// <summary>Window rows published.</summary>
    public static readonly Counter<long> RowsPublished = Meter.CreateCounter<long>(
        "clickfuncs.publish.rows", "{row}", "Window rows published.");

    /// <summary>Time of one query to the analytics store, waiting for a free connection included; tag <c>granularity</c>.</summary>
    public static readonly Histogram<double> AnalyticsQueryDuration = Meter.CreateHistogram<double>(
        "clickfuncs.analytics.query.duration", "s", "Queries to the analytics store.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5] });

    /// <summary>Published rows of minutes that retention had deleted; not taken.</summary>
    public static readonly Counter<long> AnalyticsExpiredRows = Meter.CreateCounter<long>(
        "clickfuncs.analytics.expired_rows", "{row}", "Published rows that came after their minute was deleted and were not taken.");

    /// <summary>Time that one step of maintenance kept publishing waiting; tag <c>work</c>: compaction, rollup, retention.</summary>
    public static readonly Histogram<double> AnalyticsMaintenanceDuration = Meter.CreateHistogram<double>(
        "clickfuncs.analytics.maintenance.duration", "s", "Steps of maintenance of the analytics store.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    /// <summary>Registers a gauge that is read when somebody looks; the callback gives one measurement per partition or series.</summary>
    public static void ObserveGauge(string name, string unit, string description, Func<IEnumerable<Measurement<double>>> read) =>
        Meter.CreateObservableGauge(name, read, unit, description);
}

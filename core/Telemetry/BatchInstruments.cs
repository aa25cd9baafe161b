using System.Diagnostics.Metrics;

namespace ClickFuncs.Telemetry;

/// <summary>Metrics of the second count: compaction and recount. Same meter as <see cref="Instruments"/>.</summary>
public static class BatchInstruments
{
    private static readonly Meter Meter = new(Instruments.MeterName);

    /// <summary>Records put into parts.</summary>
    public static readonly Counter<long> CompactedRecords = Meter.CreateCounter<long>(
        "clickfuncs.compaction.records", "{record}", "Captured records put into Parquet.");

    /// <summary>Records of them that are no valid event.</summary>
    public static readonly Counter<long> UndecodedRecords = Meter.CreateCounter<long>(
        "clickfuncs.compaction.undecoded", "{record}", "Captured records that could not be decoded.");

    /// <summary>Files deleted that no manifest names.</summary>
    public static readonly Counter<long> OrphanFiles = Meter.CreateCounter<long>(
        "clickfuncs.compaction.orphans", "{file}", "Files of failed compactions that were deleted.");

    /// <summary>Events of a day's bucket that were counted again.</summary>
    public static readonly Counter<long> RecountedEvents = Meter.CreateCounter<long>(
        "clickfuncs.recount.events", "{event}", "Events counted again.");

    /// <summary>Alerts that reconciliations raised; tag <c>alert</c>: drift, unexplained.</summary>
    public static readonly Counter<long> ReconciliationAlerts = Meter.CreateCounter<long>(
        "clickfuncs.reconciliation.alerts", "{alert}", "Alerts raised by closes of days.");

    /// <summary>Time to recount one bucket of a day.</summary>
    public static readonly Histogram<double> RecountDuration = Meter.CreateHistogram<double>(
        "clickfuncs.recount.duration", "s", "Recounts of one bucket of a day.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600] });
}

using System.Diagnostics.Metrics;

namespace ClickFuncs.Telemetry;

/// <summary>The metrics of the spool, on the same meter as <see cref="Instruments"/>.</summary>
public static class SpoolInstruments
{
    /// <summary>Gauge: events that wait in the spool.</summary>
    public const string Depth = "clickfuncs.spool.depth";

    /// <summary>Gauge: bytes that the spool takes.</summary>
    public const string Size = "clickfuncs.spool.size";

    /// <summary>Gauge: bytes at which the spool refuses.</summary>
    public const string Limit = "clickfuncs.spool.limit";

    /// <summary>Gauge: age of the oldest event that waits, in seconds; 0 when none does.</summary>
    public const string Age = "clickfuncs.spool.age";

    /// <summary>Gauge: 1 while events go to the spool instead of the log.</summary>
    public const string Active = "clickfuncs.spool.active";

    private static readonly Meter Meter = new(Instruments.MeterName);

    /// <summary>Events made durable in the spool; tag <c>reason</c>: failed (the log refused them), overdue (it did not answer in time), away
    /// (it was not asked).</summary>
    public static readonly Counter<long> Spooled = Meter.CreateCounter<long>(
        "clickfuncs.spool.spooled", "{event}", "Events made durable in the spool, by why.");

    /// <summary>Events drained; tag <c>outcome</c>: appended, found (they were on the log already).</summary>
    public static readonly Counter<long> Drained = Meter.CreateCounter<long>(
        "clickfuncs.spool.drained", "{event}", "Events taken from the spool to the log, by outcome.");

    /// <summary>Events that neither log nor spool took: they were answered 503.</summary>
    public static readonly Counter<long> Refused = Meter.CreateCounter<long>(
        "clickfuncs.spool.refused", "{event}", "Events that the spool refused too.");

    /// <summary>Tries to drain that failed.</summary>
    public static readonly Counter<long> DrainFailures = Meter.CreateCounter<long>(
        "clickfuncs.spool.drain.failures", "{failure}", "Tries to drain the spool that failed.");
}

using System.Diagnostics.Metrics;

namespace ClickFuncs.Telemetry;

/// <summary>The metrics of the archive, on the same meter as <see cref="Instruments"/>.</summary>
public static class ArchiveInstruments
{
    /// <summary>Gauge: records on the log that are not archived yet; tag <c>partition</c>.</summary>
    public const string Lag = "clickfuncs.archive.lag";

    /// <summary>Gauge: 1 while a partition can't be archived; tag <c>partition</c>.</summary>
    public const string Failing = "clickfuncs.archive.failing";

    private static readonly Meter Meter = new(Instruments.MeterName);

    /// <summary>Capture files made, empty ones included.</summary>
    public static readonly Counter<long> Files = Meter.CreateCounter<long>(
        "clickfuncs.archive.files", "{file}", "Capture files made.");

    /// <summary>Records in them.</summary>
    public static readonly Counter<long> Records = Meter.CreateCounter<long>(
        "clickfuncs.archive.records", "{record}", "Records archived.");

    /// <summary>Bytes of them.</summary>
    public static readonly Counter<long> Bytes = Meter.CreateCounter<long>(
        "clickfuncs.archive.size", "By", "Bytes archived.");

    /// <summary>Times that archiving a partition failed; tags <c>partition</c>, <c>reason</c>: gap, other. A gap means records are lost.</summary>
    public static readonly Counter<long> Failures = Meter.CreateCounter<long>(
        "clickfuncs.archive.failures", "{failure}", "Times that archiving a partition failed, by reason.");
}

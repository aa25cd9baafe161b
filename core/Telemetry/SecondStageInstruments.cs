using System.Diagnostics.Metrics;

namespace ClickFuncs.Telemetry;

/// <summary>The metrics of velocity rules, in the meter of <see cref="Instruments"/>.</summary>
public static class SecondStageInstruments
{
    private static readonly Meter Meter = new(Instruments.MeterName);

    /// <summary>Signals of clicks that the velocity lane took in.</summary>
    public static readonly Counter<long> Signals = Meter.CreateCounter<long>("clickfuncs.velocity.signals", "{signal}", "Signals taken in.");

    /// <summary>Identities flagged; tag <c>kind</c>: ip, user.</summary>
    public static readonly Counter<long> Flags = Meter.CreateCounter<long>("clickfuncs.velocity.flags", "{flag}", "Identities flagged.");

    /// <summary>Flags there was no room for.</summary>
    public static readonly Counter<long> FlagsRefused = Meter.CreateCounter<long>(
        "clickfuncs.velocity.flags_refused", "{flag}", "Breaches that found the flags full.");

    /// <summary>Signals that found no place in the counts: a flood.</summary>
    public static readonly Counter<long> Uncounted = Meter.CreateCounter<long>(
        "clickfuncs.velocity.uncounted", "{signal}", "Signals that found no place in the counts.");

    /// <summary>Bytes that counting takes.</summary>
    public static readonly Gauge<long> Memory = Meter.CreateGauge<long>("clickfuncs.velocity.memory", "By", "Memory that counting takes.");

    /// <summary>Flags that are shown.</summary>
    public static readonly Gauge<int> Flagged = Meter.CreateGauge<int>("clickfuncs.velocity.flagged", "{flag}", "Flags held, ended ones of the last day among them.");

    /// <summary>Signals beyond the lateness.</summary>
    public static readonly Counter<long> TooLate = Meter.CreateCounter<long>("clickfuncs.velocity.too_late", "{signal}", "Signals too late to count.");

    /// <summary>Failures of the velocity lane.</summary>
    public static readonly Counter<long> Failures = Meter.CreateCounter<long>("clickfuncs.velocity.failures", "{failure}", "Failures of the velocity lane.");
}

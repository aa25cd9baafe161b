using System.Diagnostics.Metrics;

namespace ClickFuncs.Telemetry.Tracing;

/// <summary>The metrics of tracing itself, in the meter of <see cref="Instruments"/>.</summary>
public static class TracingInstruments
{
    private static readonly Meter Meter = new(Instruments.MeterName);

    /// <summary>Traces that end at the log: too many clicks waited, or their batch was published when nobody listened.</summary>
    public static readonly Counter<long> Unfinished = Meter.CreateCounter<long>(
        "clickfuncs.traces.unfinished", "{trace}", "Traces of clicks that end at the log.");
}

using System.Diagnostics.Metrics;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Freshness;

/// <summary>The metrics of freshness, in the meter of <see cref="Instruments"/>.</summary>
public static class FreshnessInstruments
{
    /// <summary>Gauge: seconds from a click to its row in queries: the last probe's, or the age of the one that is still out if that is more.</summary>
    public const string Freshness = "clickfuncs.freshness";

    private static readonly Meter Meter = new(Instruments.MeterName);

    /// <summary>Time from a probe click to its row in queries.</summary>
    public static readonly Histogram<double> ProbeDuration = Meter.CreateHistogram<double>(
        "clickfuncs.freshness.probe.duration", "s", "Time from a probe click to its row in queries.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30, 60, 300] });

    /// <summary>Probes that ended; tag <c>outcome</c>: visible, refused (the log did not take it), unanswered (the store did not answer, so none was sent), given_up.</summary>
    public static readonly Counter<long> Probes = Meter.CreateCounter<long>(
        "clickfuncs.freshness.probes", "{probe}", "Probe clicks, by what became of them.");
}

using System.Diagnostics.Metrics;
using ClickFuncs.Freshness;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Local.Hosting;

/// <summary>The gauge of freshness; absent until a probe was sent.</summary>
internal static class FreshnessGauge
{
    /// <summary>Registers it; it is read when somebody scrapes.</summary>
    public static void Register(FreshnessProbe probe) => Instruments.ObserveGauge(
        FreshnessInstruments.Freshness, "s", "Time from a click to its row in queries, measured by probe clicks.",
        () => probe.Current is { } reading ? [new Measurement<double>(reading.Freshness.TotalSeconds)] : []);
}

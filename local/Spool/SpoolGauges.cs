using System.Diagnostics.Metrics;
using ClickFuncs.Spool;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Local.Spool;

/// <summary>The gauges of the spool.</summary>
internal static class SpoolGauges
{
    /// <summary>Registers them; they are read when somebody scrapes.</summary>
    public static void Register(LocalSpool spool, TimeProvider time)
    {
        Gauge(SpoolInstruments.Depth, "{event}", "Events that wait in the spool.", () => spool.Size.Records);
        Gauge(SpoolInstruments.Size, "By", "Bytes that the spool takes.", () => spool.Size.Bytes);
        Gauge(SpoolInstruments.Limit, "By", "Bytes at which the spool refuses.", () => spool.Size.LimitBytes);
        Gauge(SpoolInstruments.Active, "{log}", "1 while events go to the spool instead of the log.", () => spool.Clicks.Mode == SpoolMode.Direct ? 0 : 1);
        Gauge(
            SpoolInstruments.Age, "s", "Age of the oldest event that waits in the spool.",
            () => spool.FindOldestMs() is { } oldest ? Math.Max(0, time.GetUtcNow().ToUnixTimeMilliseconds() - oldest) / 1000.0 : 0);
    }

    private static void Gauge(string name, string unit, string description, Func<double> read) =>
        Instruments.ObserveGauge(name, unit, description, () => [new Measurement<double>(read())]);
}

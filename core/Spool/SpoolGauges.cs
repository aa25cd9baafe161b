using System.Diagnostics.Metrics;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Spool;

/// <summary>The gauges of a process's spool.</summary>
public static class SpoolGauges
{
    /// <summary>Registers them; they are read when somebody scrapes.</summary>
    /// <param name="clicks">The log with the spool behind it.</param>
    /// <param name="spool">The spool.</param>
    /// <param name="findOldestMs">When the oldest entry that waits came, milliseconds since the Unix epoch; null when none waits.</param>
    /// <param name="time">The clock.</param>
    public static void Register(SpoolingClickLog clicks, ISpool spool, Func<long?> findOldestMs, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(clicks);
        ArgumentNullException.ThrowIfNull(spool);
        ArgumentNullException.ThrowIfNull(findOldestMs);
        ArgumentNullException.ThrowIfNull(time);
        Gauge(SpoolInstruments.Depth, "{event}", "Events that wait in the spool.", () => spool.Size.Records);
        Gauge(SpoolInstruments.Size, "By", "Bytes that the spool takes.", () => spool.Size.Bytes);
        Gauge(SpoolInstruments.Limit, "By", "Bytes at which the spool refuses.", () => spool.Size.LimitBytes);
        Gauge(SpoolInstruments.Active, "{log}", "1 while events go to the spool instead of the log.", () => clicks.Mode == SpoolMode.Direct ? 0 : 1);
        Gauge(
            SpoolInstruments.Age, "s", "Age of the oldest event that waits in the spool.",
            () => findOldestMs() is { } oldest ? Math.Max(0, time.GetUtcNow().ToUnixTimeMilliseconds() - oldest) / 1000.0 : 0);
    }

    private static void Gauge(string name, string unit, string description, Func<double> read) =>
        Instruments.ObserveGauge(name, unit, description, () => [new Measurement<double>(read())]);
}

using System.Diagnostics.Metrics;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Local.Hosting;

/// <summary>The gauges of a running stream: how far behind each partition is, in records and in time.</summary>
internal static class StreamGauges
{
    /// <summary>Registers them; they are read when somebody scrapes.</summary>
    public static void Register(LocalNode node, TimeProvider time)
    {
        Instruments.ObserveGauge(
            Instruments.PartitionLag, "{record}", "Records on the log that queries do not show yet, by partition.",
            () => node.Workers.Select(w => w.Status).Select(s =>
                Of(s.Partition, Math.Max(0, node.Log.GetRange(s.Partition).Next - 1 - s.PublishedPosition))));
        Instruments.ObserveGauge(
            Instruments.WatermarkLag, "s", "Age of the watermark, by partition; it also grows while no events come.",
            () => node.Workers.Select(w => w.Status).Where(s => s.WatermarkMs != long.MinValue).Select(s =>
                Of(s.Partition, (time.GetUtcNow().ToUnixTimeMilliseconds() - s.WatermarkMs) / 1000.0)));
        Instruments.ObserveGauge(
            Instruments.PartitionFailing, "{partition}", "1 while a partition is failing and being tried again.",
            () => node.Workers.Select(w => Of(w.Status.Partition, w.Failure == null ? 0 : 1)));
    }

    private static Measurement<double> Of(int partition, double value) =>
        new(value, new KeyValuePair<string, object?>("partition", partition));
}

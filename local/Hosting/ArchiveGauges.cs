using System.Diagnostics.Metrics;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Local.Hosting;

/// <summary>The gauges of a running archive: how far behind each partition is, and which one can't be archived.</summary>
internal static class ArchiveGauges
{
    /// <summary>Registers them; they are read when somebody scrapes.</summary>
    public static void Register(LocalNode node)
    {
        Instruments.ObserveGauge(
            ArchiveInstruments.Lag, "{record}", "Records on the log that are not archived yet, by partition.",
            () => node.Archive.Partitions.Select(p => Of(p.Partition, Math.Max(0, node.Log.GetRange(p.Partition).Next - 1 - p.Position))));
        Instruments.ObserveGauge(
            ArchiveInstruments.Failing, "{partition}", "1 while a partition can't be archived.",
            () => node.Archive.Partitions.Select(p => Of(p.Partition, p.Failure == null ? 0 : 1)));
    }

    private static Measurement<double> Of(int partition, double value) =>
        new(value, new KeyValuePair<string, object?>("partition", partition));
}

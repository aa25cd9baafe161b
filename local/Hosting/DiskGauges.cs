using System.Diagnostics.Metrics;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Local.Hosting;

/// <summary>The gauges of the disk that the data folder lies on.</summary>
internal static class DiskGauges
{
    /// <summary>Registers them; they are read when somebody scrapes.</summary>
    public static void Register(DataDirectory directory)
    {
        var drive = new DriveInfo(directory.Root);
        // Free for this user: reserved blocks can't be written either.
        Instruments.ObserveGauge(
            HostInstruments.DiskFree, "By", "Free bytes of the disk that the data folder lies on.", () => [new Measurement<double>(drive.AvailableFreeSpace)]);
        Instruments.ObserveGauge(
            HostInstruments.DiskSize, "By", "Size of the disk that the data folder lies on.", () => [new Measurement<double>(drive.TotalSize)]);
    }
}

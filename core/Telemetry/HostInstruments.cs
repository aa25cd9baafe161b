namespace ClickFuncs.Telemetry;

/// <summary>The metrics of the machine a host runs on, in the meter of <see cref="Instruments"/>.</summary>
public static class HostInstruments
{
    /// <summary>Gauge: free bytes of the disk that holds the data.</summary>
    public const string DiskFree = "clickfuncs.disk.free";

    /// <summary>Gauge: its size in bytes.</summary>
    public const string DiskSize = "clickfuncs.disk.size";
}

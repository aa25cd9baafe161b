using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Log;
using ClickFuncs.Log;
using ClickFuncs.Spool;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Spool;

/// <summary>The spool of one machine: the store, the log with the store behind it, and what drains it.</summary>
internal sealed class LocalSpool : IDisposable
{
    private readonly SegmentSpool _store;

    private LocalSpool(SegmentSpool store, SegmentLog log, LocalSpoolOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        _store = store;
        Clicks = new SpoolingClickLog(log, store, options, time, loggers.CreateLogger<SpoolingClickLog>());
        Drain = new SpoolDrain(Clicks, log, log, store, options, time, loggers.CreateLogger<SpoolDrain>());
    }

    /// <summary>The log for those who must not be refused while it is away.</summary>
    public SpoolingClickLog Clicks { get; }

    /// <summary>Sweeps and drains.</summary>
    public SpoolDrain Drain { get; }

    /// <summary>What waits.</summary>
    public SpoolSize Size => _store.Size;

    /// <summary>Whether every event is on the log.</summary>
    public bool IsEmpty => _store.Size.Records == 0;

    /// <summary>Registers the gauges.</summary>
    public void RegisterGauges(TimeProvider time) => SpoolGauges.Register(Clicks, _store, _store.FindOldestMs, time);

    /// <inheritdoc cref="SegmentSpool.FindOldestMs"/>
    public long? FindOldestMs() => _store.FindOldestMs();

    /// <summary>Where the spool of a data folder lies.</summary>
    public static string DirectoryOf(DataDirectory directory, LocalSpoolOptions options) => options.Directory ?? directory.Spool;

    /// <summary>Opens the spool, or makes it.</summary>
    /// <exception cref="LogException">It can't be opened; see <see cref="SegmentSpool.Open"/>.</exception>
    public static LocalSpool Open(SegmentLog log, DataDirectory directory, LocalSpoolOptions options, TimeProvider time, ILoggerFactory loggers) =>
        new(SegmentSpool.Open(DirectoryOf(directory, options), options, time, loggers), log, options, time, loggers);

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();
}

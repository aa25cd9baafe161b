using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Log;
using ClickFuncs.Log;
using ClickFuncs.Privacy;
using ClickFuncs.Processing;
using ClickFuncs.Velocity;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Velocity;

/// <summary>Velocity rules on one machine: the log of signals, the flags, and who keeps both.</summary>
internal sealed class LocalVelocity : IDisposable
{
    // Signals matter for minutes. They are of people, so they go soon.
    private static readonly TimeSpan Retention = TimeSpan.FromHours(1);

    private readonly SegmentLog _signals;
    private readonly SqliteFlagStore _store;
    private readonly VelocityOptions _options;
    private readonly IdentityKeys _keys;

    private LocalVelocity(SegmentLog signals, SqliteFlagStore store, IdentityKeys keys, VelocityOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        (_signals, _store, _keys, _options) = (signals, store, keys, options);
        var board = new FlagBoard(options.MaxFlags);
        Judge = new VelocityJudge(options, keys, board);
        Keeper = new VelocityKeeper(signals, store, board, options, time, loggers.CreateLogger<VelocityKeeper>());
    }

    /// <summary>What redirects ask.</summary>
    public VelocityJudge Judge { get; }

    /// <summary>Keeps the flags.</summary>
    public VelocityKeeper Keeper { get; }

    /// <summary>What a partition collects signals with.</summary>
    public SignalCollector Collector => new(_keys, _options.Window);

    /// <summary>Opens the log and the store, or makes them.</summary>
    public static LocalVelocity Open(DataDirectory directory, VelocityOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        var signals = LogOpener.Open(
            new SegmentLogOptions { Directory = directory.IdentitySignals, Name = "identity", PartitionCount = 1, SegmentBytes = 64L << 20, RetainFor = Retention },
            time, loggers.CreateLogger<SegmentLog>());
        try
        {
            return new LocalVelocity(
                signals, new SqliteFlagStore(directory.Velocity), IdentityKeyFile.Open(directory.IdentityKey), options, time, loggers);
        }
        catch
        {
            signals.Dispose();
            throw;
        }
    }

    /// <summary>A publisher that sends signals before it hands the rows on.</summary>
    public IRowPublisher SendFrom(IRowPublisher rows) => new SignalPublisher(_signals, rows);

    /// <summary>Deletes signals that are old and matter no more.</summary>
    public void ApplyRetention() => _signals.ApplyRetention([Keeper.ReadFrom]);

    public void Dispose()
    {
        _signals.Dispose();
        _store.Dispose();
    }
}

using System.Diagnostics;
using ClickFuncs.Events;
using ClickFuncs.Local.Log;
using ClickFuncs.Local.Velocity;
using ClickFuncs.Privacy;
using ClickFuncs.Velocity;

namespace ClickFuncs.Bench.Velocity;

/// <summary>
/// The velocity lane, with log and store as the host has them, under two floods: of addresses that click once each, with machines
/// among them that click too fast, and neighbours that click as fast as is allowed; then of addresses that all have to be flagged.
/// </summary>
internal sealed class LaneFlood : IDisposable
{
    // As fast as addresses come, in event time.
    private const int PerSecond = 100_000;
    private const int MessageSignals = 20_000;
    private const int PlantedEvery = 10_000;
    private const int MachineClicks = 60;
    private const long NoonMs = 1_782_907_200_000;
    private static readonly Fingerprint Anywhere = Fingerprint.Of(EventType.Click, "signals"u8);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clickfuncs-flood-");
    private readonly VelocityOptions _options;
    private readonly SegmentLog _signals;
    private readonly SqliteFlagStore _store;
    private readonly FlagBoard _board;
    private readonly List<ClickSignal> _pending = [];
    private readonly long[] _versions = new long[8];
    private readonly long _heapBefore;
    private VelocityLane _lane = null!;
    private long _messages;
    private long _peakBytes;
    private long _peakHeap;

    private LaneFlood(VelocityOptions options)
    {
        _options = options;
        _signals = LogOpener.Open(
            new SegmentLogOptions { Directory = Path.Combine(_folder.FullName, "signals"), Name = "identity", PartitionCount = 1, SegmentBytes = 64L << 20 }, TimeProvider.System);
        _store = new SqliteFlagStore(Path.Combine(_folder.FullName, "velocity.db"));
        _board = new FlagBoard(options.MaxFlags);
        _heapBefore = GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>Runs both floods, each on a lane of its own.</summary>
    /// <returns>Whether the bounds were kept and nobody innocent was flagged.</returns>
    public static async Task<bool> RunAsync(VelocityOptions options, int addresses, int flags)
    {
        bool isKept;
        using (var flood = await OpenAsync(options))
            isKept = await flood.OnceEachAsync(addresses);
        GC.Collect();
        if (flags == 0)
            return isKept;
        using (var flood = await OpenAsync(options))
            return await flood.AllTooFastAsync(flags) && isKept;
    }

    public void Dispose()
    {
        _signals.Dispose();
        _store.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task<LaneFlood> OpenAsync(VelocityOptions options)
    {
        var flood = new LaneFlood(options);
        flood._lane = await VelocityLane.OpenAsync(flood._signals, flood._store, flood._board, options, CancellationToken.None);
        return flood;
    }

    private async Task<bool> OnceEachAsync(int addresses)
    {
        var (started, planted, lost) = (Stopwatch.GetTimestamp(), new List<(ulong Identity, bool IsMachine)>(), new Losses());
        for (var i = 0; i < addresses; i++)
        {
            var timeMs = NoonMs + (i * 1_000L / PerSecond);
            await AddAsync(Hash(1, i), timeMs);
            if (i % PlantedEvery != 0)
                continue;
            // A machine, and somebody who clicks exactly as often as is allowed.
            planted.Add((Hash(2, i), true));
            planted.Add((Hash(3, i), false));
            for (var click = 0; click < MachineClicks; click++)
                await AddAsync(Hash(2, i), timeMs);
            for (var click = 0; click < _options.Threshold; click++)
                await AddAsync(Hash(3, i), timeMs);
        }

        await SendAsync();
        var elapsed = Stopwatch.GetElapsedTime(started);
        var machines = planted.Where(one => one.IsMachine).ToList();
        var found = machines.Count(one => _board.TryFind(one.Identity, out _));
        var innocent = _board.Count - found;
        FloodBench.Print($"lane, {addresses} addresses with a click each at {PerSecond}/s of event time, in {elapsed.TotalSeconds:F1} s ({lost.Signals / elapsed.TotalSeconds:F0} signals/s, log and store included)");
        var isKept = ReportMemory();
        FloodBench.Print($"  given up: {lost.Uncounted} of {lost.Signals} signals found no place in the counts");
        FloodBench.Print($"  machines of {MachineClicks} clicks among them: {found} of {machines.Count} flagged; flagged without having clicked too fast: {innocent}");
        lost.Dispose();
        return isKept && innocent == 0;
    }

    private async Task<bool> AllTooFastAsync(int addresses)
    {
        var (started, lost) = (Stopwatch.GetTimestamp(), new Losses());
        var clicks = _options.Threshold + 1;
        for (var i = 0; i < addresses; i++)
        {
            for (var click = 0; click < clicks; click++)
                await AddAsync(Hash(4, i), NoonMs + ((((long)i * clicks) + click) * 1_000 / PerSecond));
        }

        await SendAsync();
        FloodBench.Print($"lane, {addresses} addresses with {clicks} clicks each, in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
        var isKept = ReportMemory();
        FloodBench.Print($"  flags held {_board.Count} of at most {_options.MaxFlags}; given up: {lost.FlagsRefused} breaches of identities there was no room for");
        lost.Dispose();
        return isKept && _board.Count <= _options.MaxFlags;
    }

    private bool ReportMemory()
    {
        var isKept = _peakBytes <= _options.MemoryBytes;
        FloodBench.Print($"  counting took at most {FloodBench.MiB(_peakBytes)} of {FloodBench.MiB(_options.MemoryBytes)}: {(isKept ? "kept" : "BROKEN")}; managed memory of the process grew by at most {FloodBench.MiB(_peakHeap)}, {_board.Count} flags and garbage included");
        return isKept;
    }

    private async Task AddAsync(ulong identity, long timeMs)
    {
        _pending.Add(new ClickSignal(identity, IdentityKind.Ip, timeMs));
        if (_pending.Count >= MessageSignals)
            await SendAsync();
    }

    // As a partition publishes: each message durable before the next, then the lane has its turn.
    private async Task SendAsync()
    {
        var partition = (int)(_messages++ % _versions.Length);
        foreach (var record in SignalCodec.Encode(new SignalMessage(partition, ++_versions[partition], 0, _pending.ToArray())))
            await _signals.AppendAsync(Anywhere, record.Span, CancellationToken.None);
        _pending.Clear();
        while (await _lane.StepAsync(CancellationToken.None))
            (_peakBytes, _peakHeap) = (Math.Max(_peakBytes, _lane.Bytes), Math.Max(_peakHeap, GC.GetTotalMemory(forceFullCollection: false) - _heapBefore));
    }

    private static ulong Hash(int kind, int number) => SipHash.Of((ulong)kind, 2, BitConverter.GetBytes(number));
}

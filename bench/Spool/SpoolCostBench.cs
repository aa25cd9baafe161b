using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks.Sources;
using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Spool;
using ClickFuncs.Testing.Spool;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Bench.Spool;

/// <summary>What does the spool cost a click while the log is healthy? Appends to a log that does nothing, 64 under way at a time, with and without
/// the spool in front of it, in turns. The difference is the cost; processor time of the thread that does it all, so that neighbours don't count.</summary>
internal static class SpoolCostBench
{
    private const int UnderWay = 64;
    private const int Appends = 2_000_000;
    private const int Rounds = 7;

    public static void Run(string[] args)
    {
        var log = new IdleLog();
        var spooling = new SpoolingClickLog(
            log, new InMemorySpool(TimeProvider.System), new SpoolOptions(), TimeProvider.System, NullLogger<SpoolingClickLog>.Instance);
        var differences = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var (bare, with) = (Measure(log, log), Measure(spooling, log));
            if (round > 0)
                differences.Add(with.Nanoseconds - bare.Nanoseconds);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"bare {bare.Nanoseconds:F0} ns, with spool {with.Nanoseconds:F0} ns an append; allocated {with.Bytes:F2} bytes an append"));
        }

        differences.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the spool costs {differences[differences.Count / 2]:F0} ns an append (median)"));
    }

    private static (double Nanoseconds, double Bytes) Measure(IClickLog log, IdleLog answers)
    {
        var record = new byte[300];
        var tasks = new ValueTask<LogPosition>[UnderWay];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = Process.GetCurrentProcess().TotalProcessorTime;
        for (var i = 0; i < Appends; i += UnderWay)
        {
            for (var k = 0; k < UnderWay; k++)
                Keep(log.AppendAsync(default, record, CancellationToken.None), out tasks[k]);
            answers.Answer();
            for (var k = 0; k < UnderWay; k++)
                _ = tasks[k].GetAwaiter().GetResult();
        }

        return (
            (Process.GetCurrentProcess().TotalProcessorTime - started).TotalNanoseconds / Appends,
            (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)Appends);
    }

    private static void Keep(ValueTask<LogPosition> append, out ValueTask<LogPosition> place) => place = append;

    // Takes appends and answers them all when told.
    private sealed class IdleLog : IClickLog
    {
        private readonly Source[] _sources = [.. Enumerable.Range(0, UnderWay).Select(_ => new Source())];
        private int _count;

        public int PartitionCount => 8;

        public ValueTask<LogPosition> AppendAsync(Fingerprint id, ReadOnlySpan<byte> record, CancellationToken cancellationToken) => _sources[_count++].Begin();

        public void Answer()
        {
            for (var i = 0; i < _count; i++)
                _sources[i].Complete();
            _count = 0;
        }
    }

    private sealed class Source : IValueTaskSource<LogPosition>
    {
        private ManualResetValueTaskSourceCore<LogPosition> _core;

        public ValueTask<LogPosition> Begin() => new(this, _core.Version);

        public void Complete() => _core.SetResult(default);

        public LogPosition GetResult(short token)
        {
            var result = _core.GetResult(token);
            _core.Reset();
            return result;
        }

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }
}

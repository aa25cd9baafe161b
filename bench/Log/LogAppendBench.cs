using System.Diagnostics;
using System.Globalization;
using ClickFuncs.Events;
using ClickFuncs.Local.Log;
using ClickFuncs.Log;

namespace ClickFuncs.Bench.Log;

/// <summary>
/// What the click log does on this machine's disk: durable acknowledgements per second by number of waiting tasks, with the
/// processor time each costs; bulk append; read. A plain runner, because the question is about many tasks waiting for one disk.
/// Arguments: seconds per measurement (default 3), folder (default: temporary).
/// </summary>
internal static class LogAppendBench
{
    private const int RecordBytes = 300;
    private const int Partitions = 8;
    private const int Samples = 4096;

    public static void Run(string[] args)
    {
        var seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 3;
        var root = args.Length > 1 ? args[1] : Path.Combine(Path.GetTempPath(), $"clickfuncs-bench-{Environment.ProcessId}");
        try
        {
            foreach (var waiting in (int[])[1, 64, 256])
                Append(Path.Combine(root, $"append-{waiting}"), waiting, TimeSpan.FromSeconds(seconds));
            Bulk(Path.Combine(root, "bulk"), groups: 64, groupBytes: 8 << 20);
        }
        finally
        {
            if (Directory.Exists(root))
                Directory.Delete(root, recursive: true);
        }
    }

    private static void Append(string directory, int waiting, TimeSpan duration)
    {
        using var log = Open(directory);
        var latencies = Enumerable.Range(0, waiting).Select(_ => new double[Samples]).ToArray();
        AppendUntil(log, latencies, TimeSpan.FromMilliseconds(500));
        var processor = Environment.CpuUsage.TotalTime;
        var allocated = GC.GetTotalAllocatedBytes();
        var (counts, groups, elapsed) = AppendUntil(log, latencies, duration);
        processor = Environment.CpuUsage.TotalTime - processor;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        var appended = counts.Sum();
        double[] sorted = [.. latencies.SelectMany((l, w) => l.Take((int)Math.Min(Samples, counts[w]))).Order()];
        Console.WriteLine(FormattableString.Invariant(
            $"append, {waiting,3} waiting: {appended / elapsed.TotalSeconds,9:N0} durable/s, {groups / elapsed.TotalSeconds,6:N0} syncs/s, {processor.TotalMicroseconds / appended:N2} us processor each, p50 {sorted[sorted.Length / 2]:N2} ms, p99 {sorted[sorted.Length * 99 / 100]:N2} ms, {(double)allocated / appended:N1} B allocated each"));
    }

    private static (long[] Counts, long Groups, TimeSpan Elapsed) AppendUntil(SegmentLog log, double[][] latencies, TimeSpan duration)
    {
        var block = log.NextBlock;
        var started = Stopwatch.GetTimestamp();
        var end = started + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var counts = new long[latencies.Length];
        Task.WaitAll(Enumerable.Range(0, latencies.Length).Select(worker => Task.Run(async () =>
        {
            var record = new byte[RecordBytes];
            var sampled = latencies[worker];
            var random = new Random(worker);
            random.NextBytes(record);
            var count = 0L;
            for (var now = Stopwatch.GetTimestamp(); now < end; count++)
            {
                await log.AppendAsync(new Fingerprint((ulong)random.NextInt64() << 1, 0), record, CancellationToken.None);
                var after = Stopwatch.GetTimestamp();
                sampled[count % Samples] = (after - now) * 1000.0 / Stopwatch.Frequency;
                now = after;
            }

            counts[worker] = count;
        })).ToArray());
        return (counts, log.NextBlock - block, Stopwatch.GetElapsedTime(started));
    }

    private static void Bulk(string directory, int groups, int groupBytes)
    {
        using var log = Open(directory);
        var record = new byte[RecordBytes];
        new Random(1).NextBytes(record);
        var (filling, writing) = (log.CreateGroup(), log.CreateGroup());
        var pending = Task.CompletedTask;
        var (records, random) = (0L, new Random(2));
        var started = Stopwatch.GetTimestamp();
        for (var g = 0; g < groups; g++)
        {
            while (filling.ByteCount < groupBytes)
                filling.Add(new Fingerprint((ulong)random.NextInt64() << 1, 0), record);
            records += filling.RecordCount;
            pending.GetAwaiter().GetResult();
            pending = log.AppendGroupAsync(filling, CancellationToken.None);
            (filling, writing) = (writing, filling);
        }

        pending.GetAwaiter().GetResult();
        Report("bulk append", records, Stopwatch.GetElapsedTime(started));
        Read(log);
        Read(log);
    }

    private static void Read(SegmentLog log)
    {
        var batch = new RecordBatch();
        var records = 0L;
        var started = Stopwatch.GetTimestamp();
        for (var p = 0; p < Partitions; p++)
        {
            for (var (at, end) = (0L, log.GetRange(p).Next); at < end; at += batch.Count)
            {
                log.ReadAsync(p, at, 256 * 1024, batch, CancellationToken.None).AsTask().GetAwaiter().GetResult();
                records += batch.Count;
            }
        }

        Report("read, one thread", records, Stopwatch.GetElapsedTime(started));
    }

    private static void Report(string what, long records, TimeSpan elapsed) => Console.WriteLine(FormattableString.Invariant(
        $"{what}: {records * RecordBytes / elapsed.TotalSeconds / 1e6:N0} MB/s, {records / elapsed.TotalSeconds:N0} records/s"));

    private static SegmentLog Open(string directory) =>
        LogOpener.Open(new SegmentLogOptions { Directory = directory, PartitionCount = Partitions }, TimeProvider.System);
}

using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using ClickFuncs.Log;
using ClickFuncs.Processing;

namespace ClickFuncs.Bench.Processor;

/// <summary>
/// Encoded bytes on the log to window state on one core: decode, dedup against a warm set, lateness, windows, delta and rows.
/// </summary>
internal static class ProcessorBench
{
    public static int Run(string[] args)
    {
        var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10;
        var ads = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 2_000;
        const int BatchRecords = 65_536;
        // Past the horizon, so that ids expire as fast as they come and every buffer has its size.
        const int WarmEvents = 4_000_000;

        var events = new SyntheticEvents(ads);
        var processor = new PartitionProcessor(0, new ProcessorOptions
        {
            DedupHorizon = SyntheticEvents.HorizonOfAMillion,
            // Short, so that windows close as fast as they open within the run.
            AllowedLateness = TimeSpan.FromMinutes(2),
        });
        var unit = new CommitUnit();
        var batch = new RecordBatch();
        var sequence = 0L;
        while (sequence < WarmEvents)
        {
            events.Fill(batch, ref sequence, BatchRecords);
            processor.Process(batch, unit);
        }

        var warm = processor.Size;
        Console.WriteLine($"warm: {warm.Ids:N0} ids in {warm.DedupBytes:N0} bytes = {(double)warm.DedupBytes / warm.Ids:F1} bytes/id, {warm.Rows:N0} open rows");

        long processed = 0, allocated = 0, bytes = 0;
        var watch = new Stopwatch();
        var wall = Stopwatch.StartNew();
        var rounds = new List<double>();
        while (wall.Elapsed.TotalSeconds < seconds)
        {
            events.Fill(batch, ref sequence, BatchRecords);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = watch.Elapsed;
            watch.Start();
            processor.Process(batch, unit);
            watch.Stop();
            rounds.Add(BatchRecords / (watch.Elapsed - started).TotalSeconds);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            processed += batch.Count;
            bytes += batch.ByteCount;
        }

        rounds.Sort();
        var size = processor.Size;
        var snapshot = new ArrayBufferWriter<byte>();
        processor.WriteSnapshot(snapshot);
        Console.WriteLine($"processed {processed:N0} events of {(double)bytes / processed:F0} bytes: {processed / watch.Elapsed.TotalSeconds:N0} events/s"
            + $" (median batch {rounds[rounds.Count / 2]:N0}/s), {(double)allocated / processed:F2} bytes allocated/event");
        Console.WriteLine($"end: {size.Ids:N0} ids, {(double)size.DedupBytes / size.Ids:F1} bytes/id, {size.Rows:N0} open rows, {unit.Rows.Count:N0} rows in the last unit; {processor.Counters}");
        Console.WriteLine($"snapshot: {snapshot.WrittenCount:N0} bytes");
        return 0;
    }
}

using System.Diagnostics;
using System.Globalization;
using ClickFuncs.Batch.Archive.Avro;

namespace ClickFuncs.Bench.Archive;

/// <summary>
/// How many captured events per second one core writes to a capture file and reads from it, in memory, and what that allocates. Arguments:
/// number of records (default 1,000,000), bytes of a body (default 200), rounds (default 5).
/// </summary>
internal static class ArchiveBench
{
    private const int DistinctBodies = 1024;

    public static async Task Run(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var bodyBytes = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200;
        var rounds = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 5;
        var bodies = MakeBodies(bodyBytes);
        using var file = new MemoryStream(checked(count * (bodyBytes + 100)));
        for (var round = 0; round < rounds; round++)
        {
            foreach (var codec in Enum.GetValues<AvroCodec>())
            {
                await Measure($"write, {codec}", count, file, () => WriteAsync(file, codec, count, bodies));
                await Measure($"read, {codec}", count, file, () => ReadAsync(file, count));
            }
        }
    }

    // Half of a body is noise, half of it is the same everywhere, so that deflate has about as much to do as with events.
    private static byte[][] MakeBodies(int bytes)
    {
        var random = new Random(1);
        var bodies = new byte[DistinctBodies][];
        for (var i = 0; i < bodies.Length; i++)
        {
            bodies[i] = new byte[bytes];
            random.NextBytes(bodies[i].AsSpan(bytes / 2));
        }

        return bodies;
    }

    private static async Task WriteAsync(MemoryStream file, AvroCodec codec, int count, byte[][] bodies)
    {
        file.SetLength(0);
        var writer = await CaptureFileWriter.CreateAsync(file, codec, 0, CancellationToken.None);
        for (var i = 0; i < count; i++)
        {
            writer.Add(i, 1_780_000_000_000 + (i / 50), bodies[i % DistinctBodies]);
            await writer.WriteFullBlockAsync(CancellationToken.None);
        }

        await writer.CompleteAsync(CancellationToken.None);
    }

    private static async Task ReadAsync(MemoryStream file, int count)
    {
        var (records, bytes) = (0L, 0L);
        await using var reader = await CaptureFileReader.OpenAsync(
            new MemoryStream(file.GetBuffer(), 0, (int)file.Length, writable: false), "bench.avro", CancellationToken.None);
        while (await reader.ReadBlockAsync(CancellationToken.None))
        {
            while (reader.TryRead(out var record))
            {
                records++;
                bytes += record.Body.Length + (record.EnqueuedTimeMs & 1);
            }
        }

        if (records != count || bytes == 0)
            throw new InvalidOperationException($"{records} of {count} records were read.");
    }

    private static async Task Measure(string name, int count, MemoryStream file, Func<Task> work)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var start = Stopwatch.GetTimestamp();
        await work();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        Console.WriteLine(FormattableString.Invariant(
            $"{name,-16} {count / seconds,12:N0} records/s  {seconds * 1e9 / count,6:F0} ns/record  {file.Length / seconds / 1e6,6:N0} MB/s of file  {file.Length / (double)count,4:F0} B/record  {allocated / (double)count:F3} B allocated/record"));
    }
}

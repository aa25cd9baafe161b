using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Archive.Avro;
using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Testing.Lake;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Batch.Tests.Recount;

/// <summary>A lake with the capture of a log, its parts, and recounts of it.</summary>
internal sealed class ArchiveRig
{
    public static readonly PseudonymKey Pseudonyms = new(new byte[PseudonymKey.SecretBytes]);
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly int[] _captured = new int[16];
    private readonly int[] _files = new int[16];

    public InMemoryLake Lake { get; init; } = new();

    public CaptureHub Hub { get; } = new();

    public CompactionOptions Compaction { get; init; } = new() { Buckets = 2 };

    public RecountOptions Recount { get; init; } = new();

    /// <summary>Writes the next records of a partition into a capture file; none at all makes an empty one.</summary>
    public async Task CaptureAsync(LogOfEvents log, int partition, int count)
    {
        var first = _captured[partition];
        await CaptureAsync(log, partition, first, Math.Min(count, log[partition].Count - first));
        _captured[partition] += Math.Min(count, log[partition].Count - first);
    }

    /// <summary>Writes any records of a partition into a capture file.</summary>
    public async Task CaptureAsync(LogOfEvents log, int partition, int first, int count)
    {
        var path = new CapturePath(Hub, partition, Start.AddSeconds(_files[partition]++));
        await Lake.CreateAsync(path.ToString(), async (stream, token) =>
        {
            var writer = await CaptureFileWriter.CreateAsync(stream, AvroCodec.Null, first, token);
            for (var i = first; i < first + count; i++)
            {
                var e = log[partition][i];
                writer.Add(i, e.TimeMs + e.ArrivalDelayMs, e.Encode());
                await writer.WriteFullBlockAsync(token);
            }

            await writer.CompleteAsync(token);
        }, CancellationToken.None);
    }

    /// <summary>Captures what is left of all partitions, a file each.</summary>
    public async Task CaptureAllAsync(LogOfEvents log)
    {
        for (var partition = 0; partition < log.PartitionCount; partition++)
            await CaptureAsync(log, partition, int.MaxValue / 2);
    }

    public Task<CompactionResult> CompactAsync(int partitions) =>
        new Compactor(Lake, Hub, Compaction, Pseudonyms, NullLogger<Compactor>.Instance).RunAsync(CompactionSlice.All(partitions), CancellationToken.None);

    /// <summary>Counts all buckets of a day.</summary>
    public async Task<IReadOnlyList<RecountFile>> CountAsync(int day, DayCut cut, int revision = 1)
    {
        var plan = await RecountPlan.LoadAsync(Lake, EventDays.ToDate(day), cut, CancellationToken.None);
        var recount = new BucketRecount(Lake, Recount, NullLogger<BucketRecount>.Instance);
        var files = new List<RecountFile>();
        for (var bucket = 0; bucket < plan.Buckets; bucket++)
            files.Add(await recount.RunAsync(EventDays.ToDate(day), revision, bucket, cut, CancellationToken.None));
        return files;
    }

    public async Task<List<RecountRow>> ReadAsync(IReadOnlyList<RecountFile> files)
    {
        var rows = new List<RecountRow>();
        foreach (var file in files)
        {
            var before = rows.Count;
            await foreach (var batch in new RecountFileReader(Lake, new ScratchOptions()).ReadAsync(file.Path, CancellationToken.None))
                rows.AddRange(batch);
            Assert.Equal(file.Rows, rows.Count - before);
        }

        return rows;
    }

    /// <summary>Everything the log holds, all of it published.</summary>
    public static DayCut CutOf(LogOfEvents log, CountingPolicy? policy = null) => new()
    {
        Partitions = [.. Enumerable.Range(0, log.PartitionCount).Select(p => new PartitionCut(p, log[p].Count - 1, log[p].Count - 1))],
        Policy = policy ?? new CountingPolicy(),
    };
}

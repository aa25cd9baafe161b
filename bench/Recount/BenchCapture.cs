using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Archive.Avro;
using ClickFuncs.Bench.Processor;
using ClickFuncs.Events;
using ClickFuncs.Log;

namespace ClickFuncs.Bench.Recount;

/// <summary>
/// Half a day of clicks as capture files, partitioned by id as the product does it; 3 % are repeats. A tenth as many visitors as clicks, and one that
/// clicks far too fast in every minute.
/// </summary>
internal sealed class BenchCapture(string folder, int partitions) : IAsyncDisposable
{
    private const int EventsPerFile = 200_000;
    private const int Ads = 2_000;
    private const int MaxVisitors = 10_000_000;
    private const int Seconds = 12 * 3600;

    private static readonly DateTimeOffset Start = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly CaptureFileWriter?[] _writers = new CaptureFileWriter?[partitions];
    private readonly FileStream?[] _files = new FileStream?[partitions];
    private readonly int[] _fileCounts = new int[partitions];

    /// <summary>Number of records in each partition.</summary>
    internal long[] Counts { get; } = new long[partitions];

    internal async Task WriteAsync(long clicks)
    {
        var events = new SyntheticEvents(Ads, (int)Math.Max(1, clicks / Seconds), (int)Math.Clamp(clicks / 10, 1, MaxVisitors), hasBursts: true);
        var batch = new RecordBatch();
        var sequence = 0L;
        while (sequence < clicks)
        {
            events.Fill(batch, ref sequence, (int)Math.Min(20_000, clicks - sequence));
            for (var i = 0; i < batch.Entries.Length; i++)
                await AddAsync(batch, i);
        }

        for (var partition = 0; partition < partitions; partition++)
            await CloseAsync(partition);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _files)
        {
            if (file != null)
                await file.DisposeAsync();
        }
    }

    private async ValueTask AddAsync(RecordBatch batch, int index)
    {
        var partition = Partition(batch, index);
        var writer = _writers[partition] ??= await OpenAsync(partition);
        writer.Add(Counts[partition]++, batch.Entries[index].ArrivalMs, batch.GetRecord(index));
        await writer.WriteFullBlockAsync(CancellationToken.None);
        if (writer.NextSequence - writer.FirstSequence == EventsPerFile)
            await CloseAsync(partition);
    }

    private int Partition(RecordBatch batch, int index)
    {
        EventDecoder.Decode(batch.GetRecord(index), out var view);
        return Fingerprint.Of(view.Type, view.ClickId).Partition(partitions);
    }

    private async Task<CaptureFileWriter> OpenAsync(int partition)
    {
        var path = Path.Combine(folder, new CapturePath(new CaptureHub(), partition, Start.AddMinutes(_fileCounts[partition]++)).ToString());
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _files[partition] = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
        return await CaptureFileWriter.CreateAsync(_files[partition]!, AvroCodec.Null, Counts[partition], CancellationToken.None);
    }

    private async Task CloseAsync(int partition)
    {
        if (_writers[partition] is not { } writer)
            return;
        await writer.CompleteAsync(CancellationToken.None);
        await _files[partition]!.DisposeAsync();
        (_writers[partition], _files[partition]) = (null, null);
    }
}

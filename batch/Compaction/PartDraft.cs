using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Archive.Avro;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Compaction;

/// <summary>A part in the making: where each partition stands, what was read, and the rows.</summary>
internal sealed class PartDraft : IDisposable
{
    private readonly PartManifest? _previous;
    private readonly string? _previousDigest;
    private readonly SortedDictionary<int, PartitionCursor> _cursors = [];
    private readonly List<PartSource> _sources = [];

    /// <summary>A part that goes on where the one before ended, or begins.</summary>
    internal PartDraft(
        CompactionSlice slice, PartManifest? previous, string? previousDigest, CompactionOptions options, PseudonymKey pseudonyms)
    {
        (_previous, _previousDigest) = (previous, previousDigest);
        var known = previous?.Partitions.ToDictionary(range => range.Partition) ?? [];
        foreach (var partition in slice.Partitions.Concat(known.Keys).Distinct())
        {
            var range = known.GetValueOrDefault(partition);
            _cursors[partition] = new PartitionCursor(
                partition, range?.NextSequence ?? options.FirstSequence, range?.StreamTimeAfterMs, range?.LastSource);
        }

        Collector = new PartCollector(options, pseudonyms);
    }

    internal int Number => (_previous?.Part ?? 0) + 1;

    internal PartCollector Collector { get; }

    internal IEnumerable<PartitionCursor> Cursors => _cursors.Values;

    /// <summary>Reads a capture file to its end.</summary>
    internal async Task ReadAsync(ILake lake, CaptureFile file, CancellationToken cancellationToken)
    {
        var path = file.Path.ToString();
        var cursor = _cursors[file.Path.Partition];
        var before = Collector.Records;
        await using var stream = new DigestingStream(await lake.OpenReadAsync(path, cancellationToken));
        await using var reader = await CaptureFileReader.OpenAsync(stream, path, cancellationToken);
        // Also an empty file says where it is.
        if (reader.FirstSequence is { } first && first > cursor.NextSequence)
            throw new ArchiveGapException(cursor.Partition, cursor.NextSequence, first - 1, path);
        while (await reader.ReadBlockAsync(cancellationToken))
        {
            while (reader.TryRead(out var record))
            {
                if (cursor.Take(record.SequenceNumber, path))
                    Collector.Add(cursor, record.SequenceNumber, record.EnqueuedTimeMs, record.Body);
            }
        }

        cursor.LastSource = path;
        if (Collector.Records > before)
            _sources.Add(new PartSource(path, Collector.Records - before, stream.Position, stream.Digest()));
    }

    /// <summary>The manifest of the part with these files.</summary>
    internal PartManifest ToManifest(CompactionSlice slice, CompactionOptions options, PseudonymKey pseudonyms, IReadOnlyList<PartFile> files) => new()
    {
        Format = PartManifest.CurrentFormat,
        Slice = slice.Name,
        Part = Number,
        Previous = _previousDigest,
        Buckets = options.Buckets,
        FutureToleranceMs = (long)options.FutureTolerance.TotalMilliseconds,
        PseudonymKey = pseudonyms.Id,
        Partitions =
        [
            .. _cursors.Values.Select(cursor => new PartRange(
                cursor.Partition, cursor.FirstSequence, cursor.NextSequence, cursor.StreamTimeBeforeMs, cursor.StreamTimeMs, cursor.Repeated, cursor.LastSource)),
        ],
        Files = files,
        Sources = _sources,
    };

    public void Dispose() => Collector.Dispose();
}

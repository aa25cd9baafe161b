using System.Diagnostics;
using System.Numerics;
using ClickFuncs.Batch.Archive;
using ClickFuncs.Lake;
using ClickFuncs.Telemetry;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Batch.Compaction;

/// <summary>
/// Turns captured events into parts (docs/decisions/0006). Run it as often as you like, and after any crash: it goes on after the last part,
/// and a part exists when its manifest does. Two owners of a slice can't both make a part of one number; the loser's files are never read.
/// </summary>
public sealed partial class Compactor
{
    private readonly ILake _lake;
    private readonly CaptureCatalog _catalog;
    private readonly PartManifests _manifests;
    private readonly CompactionOptions _options;
    private readonly PseudonymKey _pseudonyms;
    private readonly ILogger<Compactor> _logger;

    /// <summary>Over a lake that holds the capture of a hub.</summary>
    /// <exception cref="ArgumentException">The number of buckets is no power of two.</exception>
    public Compactor(ILake lake, CaptureHub hub, CompactionOptions options, PseudonymKey pseudonyms, ILogger<Compactor> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!BitOperations.IsPow2(options.Buckets))
            throw new ArgumentException($"{nameof(CompactionOptions.Buckets)} is {options.Buckets}, which is no power of two.", nameof(options));
        _lake = lake;
        _catalog = new CaptureCatalog(lake, hub);
        _manifests = new PartManifests(lake);
        _options = options;
        _pseudonyms = pseudonyms;
        _logger = logger;
    }

    /// <summary>Makes parts until everything captured so far is in one.</summary>
    /// <param name="slice">Partitions to compact.</param>
    /// <param name="cancellationToken">Stops; what is not published yet is made again by the next run.</param>
    /// <exception cref="ArchiveGapException">Records are missing. Nothing of that part is published; the parts before it are.</exception>
    /// <exception cref="ArchiveCorruptException">A capture file can't be read. Likewise.</exception>
    public Task<CompactionResult> RunAsync(CompactionSlice slice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(slice);
        slice.Validate();
        // It works more than it waits: not on the caller's thread.
        return Task.Run(() => RunPartsAsync(slice, cancellationToken), cancellationToken);
    }

    private async Task<CompactionResult> RunPartsAsync(CompactionSlice slice, CancellationToken cancellationToken)
    {
        var (parts, records) = (0, 0L);
        while (true)
        {
            var last = await _manifests.FindLastAsync(slice.Name, cancellationToken);
            using var draft = new PartDraft(slice, last?.Manifest, last?.Sha256, _options, _pseudonyms);
            await CollectAsync(slice, draft, cancellationToken);
            if (draft.Collector.Records == 0)
                return new CompactionResult(parts, records, draft.Cursors.ToDictionary(cursor => cursor.Partition, cursor => cursor.NextSequence));
            if (await PublishAsync(slice, draft, cancellationToken))
                (parts, records) = (parts + 1, records + draft.Collector.Records);
        }
    }

    private async Task CollectAsync(CompactionSlice slice, PartDraft draft, CancellationToken cancellationToken)
    {
        await using var queue = new CaptureQueue();
        foreach (var cursor in draft.Cursors.Where(cursor => slice.Partitions.Contains(cursor.Partition)))
            await queue.AddAsync(_catalog, cursor.Partition, cursor.LastSource, cancellationToken);
        while (draft.Collector.Records < _options.MaxRecordsPerPart && await queue.TakeAsync() is { } file)
            await draft.ReadAsync(_lake, file, cancellationToken);
    }

    private async Task<bool> PublishAsync(CompactionSlice slice, PartDraft draft, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var files = await new PartWriter(_lake, _options, slice.Name, draft.Number).WriteAsync(draft.Collector, cancellationToken);
        var manifest = draft.ToManifest(slice, _options, _pseudonyms, files);
        if (!await _manifests.CreateAsync(manifest, cancellationToken))
        {
            LogPartTaken(slice.Name, draft.Number);
            return false;
        }

        var undecoded = draft.Collector.Tables.Undecoded.Rows;
        BatchInstruments.CompactedRecords.Add(draft.Collector.Records);
        BatchInstruments.UndecodedRecords.Add(undecoded);
        LogPart(slice.Name, draft.Number, draft.Collector.Records, undecoded, files.Count, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return true;
    }
}

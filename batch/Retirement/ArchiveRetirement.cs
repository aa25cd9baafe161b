using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Lake;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Batch.Retirement;

/// <summary>
/// Gives up capture files by policy (R9): the only ones that hold addresses and user ids as they were. A file goes when it is old enough, when
/// its records are in parts, and when every day they belong to is closed with them; never otherwise, and the newest file of a partition never.
/// </summary>
/// <param name="lake">Where archive, parts and closes are.</param>
/// <param name="hub">Whose capture it is.</param>
/// <param name="retainFor">Age from which files go; null keeps them for ever.</param>
/// <param name="scratch">What looking into parts may take.</param>
/// <param name="logger">Where it logs.</param>
public sealed partial class ArchiveRetirement(ILake lake, CaptureHub hub, TimeSpan? retainFor, ScratchOptions scratch, ILogger<ArchiveRetirement> logger)
{
    // Files of one step: enough to be quick, few enough to be told to stop.
    private const int FilesPerStep = 1000;

    // Files that may become the first one kept, so many that one of them has records.
    private const int MaxCandidates = 10_000;

    private readonly CaptureCatalog _catalog = new(lake, hub);
    private readonly RetiredArchives _records = new(lake);

    /// <summary>Decides what goes, and writes that down. Nothing is deleted yet.</summary>
    /// <param name="now">The time that ages are counted to.</param>
    /// <param name="cancellationToken">Stops before the decision is written.</param>
    /// <returns>What holds files back that are old enough, in a sentence; null if nothing does.</returns>
    public async Task<string?> DecideAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (retainFor is not { } age)
            return null;
        var cutoff = now - age;
        var before = await _records.FindNewestAsync(cancellationToken);
        var (closed, lastSources, heldBack) = (new SortedDictionary<string, int>(StringComparer.Ordinal), new Dictionary<int, DateTimeOffset>(), (string?)null);
        foreach (var slice in await new PartManifests(lake).ListSlicesAsync(cancellationToken))
        {
            var (part, held) = await new ClosedParts(lake, scratch).FindLastAsync(
                slice, before?.ClosedParts.GetValueOrDefault(slice) ?? 0, part => IsYoung(part, cutoff), cancellationToken);
            closed[slice] = part?.Part ?? 0;
            heldBack ??= held;
            foreach (var range in part?.Partitions.Where(range => range.LastSource != null) ?? [])
                lastSources[range.Partition] = CapturePath.Parse(range.LastSource!).Start;
        }

        var partitions = await DecideAsync(before, lastSources, cutoff, cancellationToken);
        if (!partitions.SequenceEqual(before?.Partitions ?? []))
        {
            var retired = new RetiredArchive
            {
                Number = (before?.Number ?? 0) + 1,
                DecidedAt = now,
                Cutoff = cutoff,
                ClosedParts = closed,
                Partitions = partitions,
            };
            if (await _records.CreateAsync(retired, cancellationToken))
                LogDecided(retired.Number, cutoff);
        }

        if (heldBack != null)
            LogHeldBack(heldBack);
        return heldBack;
    }

    /// <summary>Deletes some of the files that go.</summary>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> DeleteNextAsync(CancellationToken cancellationToken)
    {
        if (await _records.FindNewestAsync(cancellationToken) is not { } retired)
            return false;
        var deleted = 0;
        foreach (var partition in retired.Partitions)
        {
            await foreach (var file in new CaptureCatalog(lake, partition.Hub).ListAsync(partition.Partition, null, cancellationToken))
            {
                if (file.Path.Start >= partition.Before)
                    break;
                if (deleted == FilesPerStep)
                    return true;
                await lake.DeleteAsync(file.Path.ToString(), cancellationToken);
                deleted++;
            }
        }

        if (deleted > 0)
            LogDeleted(deleted);
        return false;
    }

    private static bool IsYoung(PartManifest part, DateTimeOffset cutoff) =>
        part.Partitions.Any(range => range.LastSource != null && CapturePath.Parse(range.LastSource).Start > cutoff);

    private async Task<IReadOnlyList<RetiredPartition>> DecideAsync(
        RetiredArchive? before, Dictionary<int, DateTimeOffset> lastSources, DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        var partitions = (before?.Partitions ?? []).ToDictionary(partition => (partition.Hub, partition.Partition));
        foreach (var (partition, lastSource) in lastSources)
        {
            if (await FindFirstKeptAsync(partition, lastSource, cutoff, cancellationToken) is { } kept
                && (!partitions.TryGetValue((hub, partition), out var known) || kept.Before > known.Before))
                partitions[(hub, partition)] = kept;
        }

        return [.. partitions.Values.OrderBy(partition => partition.Hub.Prefix, StringComparer.Ordinal).ThenBy(partition => partition.Partition)];
    }

    // A file is as old as its last record, which came before the next file began.
    private async Task<RetiredPartition?> FindFirstKeptAsync(int partition, DateTimeOffset lastSource, DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        CaptureFile? previous = null;
        var candidates = new Stack<CaptureFile>();
        await foreach (var file in _catalog.ListAsync(partition, null, cancellationToken))
        {
            if (previous != null)
            {
                if (previous.Path.Start > lastSource || file.Path.Start > cutoff)
                    break;
                if (candidates.Count == MaxCandidates)
                    candidates.Clear();
                candidates.Push(file);
            }

            previous = file;
        }

        // Of an empty file of another writer nobody knows where it is; one before it may say.
        foreach (var candidate in candidates)
        {
            if (await _catalog.ReadFirstSequenceAsync(candidate, cancellationToken) is { } next)
                return new RetiredPartition(hub, partition, candidate.Path.Start, next);
        }

        return null;
    }

    [LoggerMessage(6411, LogLevel.Information, "Capture files that are older than {Cutoff}, compacted and closed are given up; retired/{Number} in the lake says which.")]
    private partial void LogDecided(int number, DateTimeOffset cutoff);

    [LoggerMessage(6412, LogLevel.Information, "{Files} capture files that had served their time were deleted.")]
    private partial void LogDeleted(int files);

    [LoggerMessage(6413, LogLevel.Warning, "Capture files that are old enough stay: {Reason}.")]
    private partial void LogHeldBack(string reason);
}

using ClickFuncs.Log;

namespace ClickFuncs.Batch.Archive;

/// <summary>Up to where a partition is archived, as the lake tells it: there is no other note of it that could disagree.</summary>
public static class ArchivePosition
{
    /// <summary>Sequence number that the next capture file begins with; null when no file says.</summary>
    /// <param name="catalog">The capture files.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="ArchiveCorruptException">The newest file can't be read.</exception>
    public static async ValueTask<long?> FindNextAsync(CaptureCatalog catalog, int partition, CancellationToken cancellationToken)
    {
        // Mostly the newest file says it; only empty files of other writers do not.
        await foreach (var file in catalog.ListBackAsync(partition, cancellationToken))
        {
            if ((await catalog.ReadRangeAsync(file, cancellationToken)).Next is { } next)
                return next;
        }

        return null;
    }

    /// <summary>The same for every partition that has capture files.</summary>
    /// <exception cref="ArchiveCorruptException">A newest file can't be read.</exception>
    public static async Task<IReadOnlyDictionary<int, long>> FindAllNextAsync(CaptureCatalog catalog, CancellationToken cancellationToken)
    {
        var all = new Dictionary<int, long>();
        foreach (var partition in await catalog.ListPartitionsAsync(cancellationToken))
        {
            if (await FindNextAsync(catalog, partition, cancellationToken) is { } next)
                all.Add(partition, next);
        }

        return all;
    }

    /// <summary>Where archiving goes on. An archive that is empty begins with what the log holds, as Event Hubs Capture does.</summary>
    /// <param name="partition">For the message.</param>
    /// <param name="archivedNext">What the archive needs next; null if it is empty.</param>
    /// <param name="log">What the log holds.</param>
    /// <exception cref="ArchiveGapException">The log does not hold it.</exception>
    public static long GoOn(int partition, long? archivedNext, LogRange log)
    {
        if (archivedNext is not { } next)
            return log.First;
        if (next < log.First)
            throw new ArchiveGapException(FormattableString.Invariant(
                $"Partition {partition}: the archive ends before record {next}, but the log begins at {log.First}: records {next} to {log.First - 1} are lost. Restore the log's older segments or the lake, whichever is not whole."));
        if (next > log.Next)
            throw new ArchiveGapException(FormattableString.Invariant(
                $"Partition {partition}: the archive holds records up to {next - 1}, but the log ends at {log.Next - 1}: it has lost records. Restore the log."));
        return next;
    }
}

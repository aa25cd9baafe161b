using System.Globalization;
using System.Runtime.CompilerServices;
using ClickFuncs.Batch.Archive.Avro;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Archive;

/// <summary>
/// The capture files of a hub as they lie in the lake: by partition, in the order of their intervals, which is that of their sequence
/// numbers. What it costs depends on the files asked for, not on the years that are there.
/// </summary>
public sealed class CaptureCatalog(ILake lake, CaptureHub hub)
{
    /// <summary>Whose capture it is.</summary>
    public CaptureHub Hub { get; } = hub;

    /// <summary>Partitions that have a file, ascending.</summary>
    public async Task<IReadOnlyList<int>> ListPartitionsAsync(CancellationToken cancellationToken)
    {
        var partitions = new SortedSet<int>();
        await AddPartitionsAsync("", partitions, cancellationToken);
        return [.. partitions];
    }

    /// <summary>Files of a partition whose interval began after a time, in order; all of them without one.</summary>
    public IAsyncEnumerable<CaptureFile> ListAsync(int partition, DateTimeOffset? after, CancellationToken cancellationToken) => after is { } time
        ? ListAfterAsync(partition, "", CaptureTimePrefix.DigitsOf(time), time, cancellationToken)
        : ListPrefixAsync(partition, "", cancellationToken);

    /// <summary>
    /// Files of a partition in order, beginning with the one that holds the record <paramref name="sequence"/>, or with the first file if
    /// the archive begins after it. Looks for it from the newest file back, so it is quick for what is recent.
    /// </summary>
    /// <exception cref="ArchiveCorruptException">A file on the way can't be read.</exception>
    public async IAsyncEnumerable<CaptureFile> ListFromAsync(
        int partition, long sequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = new Stack<CaptureFile>();
        await foreach (var file in ListBackAsync(partition, cancellationToken))
        {
            files.Push(file);
            if (await ReadFirstSequenceAsync(file, cancellationToken) <= sequence)
                break;
        }

        foreach (var file in files)
            yield return file;
    }

    /// <summary>Files of a partition, the newest first.</summary>
    public IAsyncEnumerable<CaptureFile> ListBackAsync(int partition, CancellationToken cancellationToken) =>
        ListBackAsync(partition, "", cancellationToken);

    /// <summary>The newest file of a partition; null when there is none.</summary>
    public async ValueTask<CaptureFile?> FindNewestAsync(int partition, CancellationToken cancellationToken) =>
        await ListBackAsync(partition, cancellationToken).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Opens a file to read its records.</summary>
    /// <exception cref="ArchiveCorruptException">Its header can't be read.</exception>
    /// <exception cref="LakeFileMissingException">It is gone.</exception>
    public async ValueTask<CaptureFileReader> OpenAsync(CaptureFile file, CancellationToken cancellationToken)
    {
        var path = file.Path.ToString();
        return await CaptureFileReader.OpenAsync(await lake.OpenReadAsync(path, cancellationToken), path, cancellationToken);
    }

    /// <summary>
    /// Sequence number that a file begins with; of an empty file the one that was due next, or null if its writer did not say. Reads
    /// its first block at most.
    /// </summary>
    /// <exception cref="ArchiveCorruptException">It can't be read.</exception>
    public async ValueTask<long?> ReadFirstSequenceAsync(CaptureFile file, CancellationToken cancellationToken)
    {
        await using var reader = await OpenAsync(file, cancellationToken);
        if (reader.FirstSequence is { } first)
            return first;
        while (await reader.ReadBlockAsync(cancellationToken))
        {
            if (reader.TryRead(out var record))
                return record.SequenceNumber;
        }

        return null;
    }

    /// <summary>Reads a file to its end and says which records it holds.</summary>
    /// <exception cref="ArchiveCorruptException">It can't be read, or its sequence numbers do not follow each other.</exception>
    public async ValueTask<CaptureRange> ReadRangeAsync(CaptureFile file, CancellationToken cancellationToken)
    {
        await using var reader = await OpenAsync(file, cancellationToken);
        var walk = new CaptureWalk(reader);
        while (await reader.ReadBlockAsync(cancellationToken))
        {
            while (walk.TryRead(out _))
            {
                // The walk notes the range.
            }
        }

        return walk.Range;
    }

    private async IAsyncEnumerable<CaptureFile> ListAfterAsync(
        int partition, string digits, string afterDigits, DateTimeOffset after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var order = string.CompareOrdinal(digits, afterDigits[..digits.Length]);
        if (order < 0)
            yield break;
        if (order > 0 || digits.Length == CaptureTimePrefix.HourDigits)
        {
            await foreach (var file in ListPrefixAsync(partition, digits, cancellationToken))
            {
                if (file.Path.Start > after)
                    yield return file;
            }

            yield break;
        }

        foreach (var longer in CaptureTimePrefix.Longer(digits))
        {
            await foreach (var file in ListAfterAsync(partition, longer, afterDigits, after, cancellationToken))
                yield return file;
        }
    }

    private async IAsyncEnumerable<CaptureFile> ListBackAsync(int partition, string digits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (digits.Length == CaptureTimePrefix.HourDigits)
        {
            foreach (var file in (await ListPrefixAsync(partition, digits, cancellationToken).ToListAsync(cancellationToken)).AsEnumerable().Reverse())
                yield return file;
            yield break;
        }

        foreach (var longer in CaptureTimePrefix.Longer(digits).Reverse())
        {
            if (!await IsAnyAsync(PrefixOf(partition, longer), cancellationToken))
                continue;
            await foreach (var file in ListBackAsync(partition, longer, cancellationToken))
                yield return file;
        }
    }

    private async IAsyncEnumerable<CaptureFile> ListPrefixAsync(int partition, string digits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var file in lake.ListAsync(PrefixOf(partition, digits), cancellationToken))
        {
            if (!CapturePath.TryParse(file.Path, out var path))
                throw new ArchiveCorruptException(file.Path, -1, 0, "its name is not that of a capture file, but it lies among them");
            yield return new CaptureFile(path!, file.Length);
        }
    }

    private async Task AddPartitionsAsync(string digits, SortedSet<int> partitions, CancellationToken cancellationToken)
    {
        for (var digit = '0'; digit <= '9'; digit++)
        {
            var longer = digits + digit;
            if (!await IsAnyAsync(Hub.Prefix + longer, cancellationToken))
                continue;
            if (await IsAnyAsync($"{Hub.Prefix}{longer}/", cancellationToken))
                partitions.Add(int.Parse(longer, CultureInfo.InvariantCulture));
            await AddPartitionsAsync(longer, partitions, cancellationToken);
        }
    }

    private ValueTask<bool> IsAnyAsync(string prefix, CancellationToken cancellationToken) =>
        lake.ListAsync(prefix, cancellationToken).AnyAsync(cancellationToken);

    private string PrefixOf(int partition, string digits) => CapturePath.PrefixOf(Hub, partition) + CaptureTimePrefix.PathOf(digits);
}

using ClickFuncs.Local.Storage;
using ClickFuncs.State;

namespace ClickFuncs.Local.State;

/// <summary>
/// Snapshots as files. A file gets its name only when all of it is on the disk, and counts only once a head names it;
/// its name carries the fencing token, so that owners can't overwrite each other's.
/// </summary>
internal sealed class SnapshotFiles(string directory)
{
    /// <summary>Writes a snapshot durably; nobody refers to it yet.</summary>
    public async ValueTask WriteAsync(SnapshotName name, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        var unfinished = path + ".tmp";
        var header = SnapshotHeader.Write(name, body.Length);
        var trailer = SnapshotHeader.Trailer(header, body.Span);
        // A snapshot has up to hundreds of megabytes, and clicks wait for the same disk.
        using (var file = new SteadyStream(File.OpenHandle(unfinished, FileMode.Create, FileAccess.Write, FileShare.None)))
        {
            await file.WriteAsync(header, cancellationToken).ConfigureAwait(false);
            await file.WriteAsync(body, cancellationToken).ConfigureAwait(false);
            await file.WriteAsync(trailer, cancellationToken).ConfigureAwait(false);
            file.FlushToDisk();
        }

        File.Move(unfinished, path, overwrite: true);
        DirectorySync.Flush(directory);
    }

    /// <summary>Reads and checks a snapshot.</summary>
    /// <exception cref="StateCorruptException">It is missing or damaged.</exception>
    public async ValueTask<byte[]> ReadAsync(SnapshotName name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        if (!File.Exists(path))
            throw new StateCorruptException($"Snapshot {path} is missing; restore it, or the partition must be recounted from the log.");
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0, FileOptions.SequentialScan);
        if (file.Length is < SnapshotHeader.Length + SnapshotHeader.TrailerLength)
            throw Corrupt(path, "was cut off");
        var header = new byte[SnapshotHeader.Length];
        await file.ReadExactlyAsync(header, cancellationToken).ConfigureAwait(false);
        if (SnapshotHeader.Judge(header, name, file.Length) is { } defect)
            throw Corrupt(path, defect);
        var body = GC.AllocateUninitializedArray<byte>((int)(file.Length - SnapshotHeader.Length - SnapshotHeader.TrailerLength));
        await file.ReadExactlyAsync(body, cancellationToken).ConfigureAwait(false);
        var trailer = new byte[SnapshotHeader.TrailerLength];
        await file.ReadExactlyAsync(trailer, cancellationToken).ConfigureAwait(false);
        return trailer.AsSpan().SequenceEqual(SnapshotHeader.Trailer(header, body)) ? body : throw Corrupt(path, "fails its checksum");
    }

    /// <summary>
    /// Removes what no head will ever name: files of owners before <paramref name="ownToken"/>, which can't commit any
    /// more, and this owner's files from before <paramref name="current"/>.
    /// </summary>
    /// <returns>Number of files removed.</returns>
    public int RemoveSuperseded(SnapshotName current, long ownToken)
    {
        var removed = 0;
        foreach (var path in Directory.EnumerateFiles(directory, $"p{current.Partition}-*"))
        {
            var isOld = SnapshotName.TryParse(Path.GetFileName(path), out var name)
                && (name.Token < ownToken || (name.Token == ownToken && name.Sequence < current.Sequence));
            if (!isOld || path == PathOf(current))
                continue;
            File.Delete(path);
            removed++;
        }

        return removed;
    }

    private static StateCorruptException Corrupt(string path, string defect) =>
        new($"Snapshot {path} {defect}; restore it, or the partition must be recounted from the log.");

    private string PathOf(SnapshotName name) => Path.Combine(directory, name.FileName);
}

using System.Runtime.CompilerServices;
using ClickFuncs.Lake;
using ClickFuncs.Local.Storage;

namespace ClickFuncs.Local.Lake;

/// <summary>
/// The lake as a folder. A file is written under a temporary name in a folder of the same file system, synced, and then linked to its
/// name, which only one of two writers can do. A temporary file is locked for as long as its writer lives; one that is not locked is left over
/// from a crash.
/// </summary>
internal sealed class FolderLake : ILake
{
    private const string TemporaryFolder = ".tmp";
    private const string TemporaryEnding = ".part";
    private readonly string _root;
    private readonly LakeFolders _folders;

    /// <summary>Names the folder; it is made when the first file is.</summary>
    public FolderLake(string root)
    {
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        _folders = new LakeFolders(_root);
    }

    private string Temporary => Path.Combine(_root, TemporaryFolder);

    /// <summary>Deletes what writers that are gone have left behind. What somebody is writing stays.</summary>
    /// <returns>Number of files deleted.</returns>
    public int RemoveLeftovers()
    {
        var removed = 0;
        foreach (var path in Directory.Exists(Temporary) ? Directory.GetFiles(Temporary, "*" + TemporaryEnding) : [])
        {
            if (!TryLock(path, out var file))
                continue;
            using (file)
            {
                if (!OperatingSystem.IsWindows())
                    File.Delete(path);
            }

            // Windows deletes no open file.
            File.Delete(path);
            removed++;
        }

        return removed;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LakeFile> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LakePath.RequirePrefix(prefix);
        await Task.CompletedTask;
        var folder = prefix[..(prefix.LastIndexOf('/') + 1)];
        _folders.RequireInside(FullPath(folder));
        foreach (var file in Walk(folder, prefix))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return file;
        }
    }

    /// <inheritdoc/>
    public ValueTask<LakeFile?> FindAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = new FileInfo(PathOf(path));
        return ValueTask.FromResult(file.Exists ? new LakeFile(path, file.Length) : null);
    }

    /// <inheritdoc/>
    public ValueTask<Stream> OpenReadAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = PathOf(path);
        try
        {
            return ValueTask.FromResult<Stream>(
                new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan));
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException || Directory.Exists(file))
        {
            throw new LakeFileMissingException(path);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> CreateAsync(string path, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellationToken)
    {
        var target = PathOf(path);
        cancellationToken.ThrowIfCancellationRequested();
        _folders.Require(Temporary);
        var temporary = Path.Combine(Temporary, Guid.NewGuid().ToString("N") + TemporaryEnding);
        try
        {
            // Shared for reading: the lock is the file's, not the name's, and readers may come as soon as the file has its name.
            await using var stream = new SteadyStream(File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read));
            await write(stream, cancellationToken);
            stream.FlushToDisk();
            cancellationToken.ThrowIfCancellationRequested();
            if (OperatingSystem.IsWindows())
                await stream.DisposeAsync();
            return TryName(temporary, target);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = PathOf(path);
        if (File.Exists(file))
        {
            File.Delete(file);
            DirectorySync.Flush(Path.GetDirectoryName(file)!);
            RemoveEmptyFolders(Path.GetDirectoryName(file)!);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<LocalLakeFile> FetchAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = PathOf(path);
        return File.Exists(file) ? ValueTask.FromResult(new LocalLakeFile(file)) : throw new LakeFileMissingException(path);
    }

    private bool TryName(string temporary, string target)
    {
        var folder = Path.GetDirectoryName(target)!;
        for (var isAgain = false; ; isAgain = true)
        {
            _folders.Require(folder);
            try
            {
                if (!ExclusiveName.TryMove(temporary, target))
                    return false;
                DirectorySync.Flush(folder);
                return true;
            }
            catch (IOException) when (!isAgain && !Directory.Exists(folder))
            {
                // The folder's last file was deleted meanwhile, and the folder with it.
            }
        }
    }

    // Years of capture files that were given up would leave a folder for every minute, which listing walks through.
    private void RemoveEmptyFolders(string folder)
    {
        try
        {
            for (; folder != _root && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
                Directory.Delete(folder);
        }
        catch (IOException)
        {
            // Somebody has just put a file there, or has removed the folder. An empty folder that stays harms nobody.
        }
    }

    // A folder sorts as its name with the slash that follows it in its files' paths: 'a-b' comes before 'a/'.
    private IEnumerable<LakeFile> Walk(string folder, string prefix)
    {
        var place = new DirectoryInfo(FullPath(folder));
        if (!place.Exists)
            yield break;
        var entries = EntriesOf(place).Where(e => e.Name[0] != '.')
            .Select(e => (Entry: e, Path: folder + e.Name + (e is DirectoryInfo ? "/" : "")))
            .Where(e => e.Path.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(e => e.Path, StringComparer.Ordinal);
        foreach (var (entry, path) in entries)
        {
            LakeFolders.RequireNoLink(entry);
            if (entry is FileInfo file)
            {
                // It may have been deleted since the folder was read.
                if (file.Exists)
                    yield return new LakeFile(path, file.Length);
                continue;
            }

            foreach (var inner in Walk(path, prefix))
                yield return inner;
        }
    }

    private static List<FileSystemInfo> EntriesOf(DirectoryInfo place)
    {
        try
        {
            return [.. place.EnumerateFileSystemInfos()];
        }
        catch (DirectoryNotFoundException)
        {
            // Its last file was deleted a moment ago.
            return [];
        }
    }

    private string FullPath(string folder) => Path.TrimEndingDirectorySeparator(Path.Combine(_root, folder));

    private string PathOf(string path)
    {
        var file = Path.Combine(_root, LakePath.Require(path));
        _folders.RequireInside(file);
        return file;
    }

    private static bool TryLock(string path, out FileStream? file)
    {
        file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            // Somebody is writing it, or has just finished.
            return false;
        }
    }
}

using ClickFuncs.Local.Storage;

namespace ClickFuncs.Local.Lake;

/// <summary>
/// The folders of a lake: makes them so that their names outlive a power cut, and takes none that leads elsewhere. A folder that is
/// found may have been made by a process that was killed before it synced the name, so each is synced once by every process.
/// </summary>
internal sealed class LakeFolders(string root)
{
    /// <summary>Capture makes a folder a minute and partition; those of the last hours are enough to remember.</summary>
    private const int Remembered = 4096;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _durable = [];

    /// <summary>Makes a folder and those above it, durably.</summary>
    /// <param name="folder">The root, or a path below it.</param>
    public void Require(string folder)
    {
        if (IsKnown(folder) && Directory.Exists(folder))
            return;
        var above = Path.GetDirectoryName(folder)!;
        if (folder != root)
            Require(above);
        Directory.CreateDirectory(folder);
        DirectorySync.Flush(above);
        Remember(folder);
    }

    /// <summary>Checks that no folder on the way from the root to a path, nor the path itself, is a symbolic link.</summary>
    /// <exception cref="IOException">One is.</exception>
    public void RequireInside(string path)
    {
        for (var at = path; at != root; at = Path.GetDirectoryName(at)!)
            RequireNoLink(new FileInfo(at));
    }

    /// <summary>Checks that something in the lake is no symbolic link.</summary>
    /// <exception cref="IOException">It is one.</exception>
    public static void RequireNoLink(FileSystemInfo entry)
    {
        if (entry.LinkTarget is { } target)
            throw new IOException($"{entry.FullName} is a link to {target}, which may be outside of the lake. Put the files themselves there, or keep the whole lake elsewhere.");
    }

    private bool IsKnown(string folder)
    {
        lock (_lock)
            return _durable.Contains(folder);
    }

    private void Remember(string folder)
    {
        lock (_lock)
        {
            if (_durable.Count >= Remembered)
                _durable.Clear();
            _durable.Add(folder);
        }
    }
}

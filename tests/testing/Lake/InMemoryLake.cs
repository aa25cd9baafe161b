using System.Runtime.CompilerServices;
using ClickFuncs.Lake;

namespace ClickFuncs.Testing.Lake;

/// <summary>A lake in memory, for tests of what uses one. Fetched files are copies in the system's temporary folder.</summary>
public sealed class InMemoryLake : ILake
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>Paths of all files, ascending.</summary>
    public IReadOnlyList<string> Paths
    {
        get
        {
            lock (_lock)
                return [.. _files.Keys];
        }
    }

    /// <summary>Called with the path before a file gets its name; what it throws leaves no file, as a crash would.</summary>
    public Action<string>? BeforeNaming { get; set; }

    /// <summary>A file's bytes.</summary>
    public byte[] this[string path]
    {
        get
        {
            lock (_lock)
                return _files[path];
        }
    }

    /// <summary>Puts bytes under a path whatever is there, as no program would: damage for a test.</summary>
    public void Overwrite(string path, byte[] content)
    {
        lock (_lock)
            _files[path] = content;
    }

    public async IAsyncEnumerable<LakeFile> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LakePath.RequirePrefix(prefix);
        await Task.CompletedTask;
        LakeFile[] found;
        lock (_lock)
            found = [.. _files.Where(f => f.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(f => new LakeFile(f.Key, f.Value.Length))];
        foreach (var file in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return file;
        }
    }

    public ValueTask<LakeFile?> FindAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult(_files.TryGetValue(LakePath.Require(path), out var content) ? new LakeFile(path, content.Length) : null);
    }

    public ValueTask<Stream> OpenReadAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<Stream>(new MemoryStream(Content(path), writable: false));
    }

    public async ValueTask<bool> CreateAsync(string path, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellationToken)
    {
        LakePath.Require(path);
        cancellationToken.ThrowIfCancellationRequested();
        using var content = new MemoryStream();
        await write(content, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        BeforeNaming?.Invoke(path);
        lock (_lock)
            return _files.TryAdd(path, content.ToArray());
    }

    public ValueTask DeleteAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            _files.Remove(LakePath.Require(path));
        return ValueTask.CompletedTask;
    }

    public async ValueTask<LocalLakeFile> FetchAsync(string path, CancellationToken cancellationToken)
    {
        var copy = Path.Combine(Path.GetTempPath(), $"clickfuncs-{Guid.NewGuid():N}-{path[(path.LastIndexOf('/') + 1)..]}");
        await File.WriteAllBytesAsync(copy, Content(path), cancellationToken);
        return new LocalLakeFile(copy, () =>
        {
            File.Delete(copy);
            return ValueTask.CompletedTask;
        });
    }

    private byte[] Content(string path)
    {
        lock (_lock)
            return _files.TryGetValue(LakePath.Require(path), out var content) ? content : throw new LakeFileMissingException(path);
    }
}

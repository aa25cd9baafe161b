using System.Runtime.CompilerServices;
using ClickFuncs.Lake;

namespace ClickFuncs.Local.Tests.Analytics;

/// <summary>A lake in a folder, as plain as can be, for what the analytics store does with one.</summary>
internal sealed class TemporaryLake(string root) : ILake
{
    public async IAsyncEnumerable<LakeFile> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Directory.Exists(root))
            yield break;
        await Task.CompletedTask;
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(root, file);
            if (path.StartsWith(prefix, StringComparison.Ordinal))
                yield return new LakeFile(path, new FileInfo(file).Length);
        }
    }

    public ValueTask<LakeFile?> FindAsync(string path, CancellationToken cancellationToken) =>
        ValueTask.FromResult(File.Exists(At(path)) ? new LakeFile(path, new FileInfo(At(path)).Length) : null);

    public ValueTask<Stream> OpenReadAsync(string path, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Stream>(File.OpenRead(Existing(path)));

    public async ValueTask<bool> CreateAsync(string path, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellationToken)
    {
        if (File.Exists(At(path)))
            return false;
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        await using var stream = File.Create(At(path));
        await write(stream, cancellationToken);
        return true;
    }

    public ValueTask DeleteAsync(string path, CancellationToken cancellationToken)
    {
        File.Delete(At(path));
        return ValueTask.CompletedTask;
    }

    public ValueTask<LocalLakeFile> FetchAsync(string path, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new LocalLakeFile(Existing(path)));

    private string At(string path) => Path.Combine(root, path);

    private string Existing(string path) => File.Exists(At(path)) ? At(path) : throw new LakeFileMissingException(path);
}

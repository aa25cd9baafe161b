using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Recount;

/// <summary>Files of the lake as local ones, for as long as it takes to read them.</summary>
internal sealed class FetchedFiles : IAsyncDisposable
{
    private readonly Dictionary<string, LocalLakeFile> _files = new(StringComparer.Ordinal);

    /// <summary>Makes files local, each once.</summary>
    /// <returns>Their local names, in the same order.</returns>
    internal async Task<IReadOnlyList<string>> FetchAsync(ILake lake, IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var local = new List<string>();
        foreach (var path in paths)
        {
            if (!_files.TryGetValue(path, out var file))
                _files[path] = file = await lake.FetchAsync(path, cancellationToken);
            local.Add(file.LocalPath);
        }

        return local;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _files.Values)
            await file.DisposeAsync();
    }
}

using ClickFuncs.Lake;

namespace ClickFuncs.Local.Analytics.Retention;

/// <summary>
/// Files of the lake on their way into one query. Which it takes is known only in its transaction, where nothing can be waited
/// for; so what is missing there is noted, fetched, and the query asked again.
/// </summary>
internal sealed class FetchedFiles(ILake? lake) : IAsyncDisposable
{
    private readonly Dictionary<string, LocalLakeFile> _files = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _missing = [];

    /// <summary>Whether all these are here; if not, the next fetch gets them.</summary>
    internal bool Have(IReadOnlyList<string> paths)
    {
        _missing = [.. paths.Where(path => !_files.ContainsKey(path))];
        return _missing.Count == 0;
    }

    /// <summary>The local name of a file that is here.</summary>
    internal string Find(string path) => _files[path].LocalPath;

    /// <summary>Fetches what was missing.</summary>
    /// <exception cref="AnalyticsStoreException">The store was opened without a lake.</exception>
    /// <exception cref="LakeFileMissingException">The lake has lost a file.</exception>
    internal async Task FetchMissingAsync(CancellationToken cancellationToken)
    {
        foreach (var path in _missing)
        {
            if (lake is null)
                throw new AnalyticsStoreException($"The counts of that time are in the lake, in {path}, and no lake is open here: ask the host that has it.");
            _files.Add(path, await lake.FetchAsync(path, cancellationToken));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _files.Values)
            await file.DisposeAsync();
    }
}

using ClickFuncs.Analytics;
using ClickFuncs.Local.Analytics;
using ClickFuncs.Testing.Analytics;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Tests.Analytics;

public sealed class DuckDbAnalyticsStoreTests : AnalyticsStoreContract
{
    private readonly List<string> _folders = [];
    private DuckDbAnalyticsStore? _store;

    public override async Task DisposeAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        _store = null;
        foreach (var folder in _folders)
            Directory.Delete(folder, recursive: true);
        _folders.Clear();
    }

    protected override async Task<IAnalyticsStore> OpenAsync()
    {
        _folders.Add(Directory.CreateTempSubdirectory("clickfuncs-").FullName);

        // Steps of a few rows, a key cache of two: the boundaries are met all the time.
        var options = new DuckDbAnalyticsOptions { CompactionRows = 5, CachedKeys = 2, Readers = 2 };
        _store = await DuckDbAnalyticsStore.OpenAsync(
            _folders[^1], options, IdleTimeout, TimeProvider.System, NullLogger<DuckDbAnalyticsStore>.Instance, CancellationToken.None);
        return _store;
    }

    protected override async Task MaintainAsync(IAnalyticsStore store, int kind, long throughMs)
    {
        var duckDb = (DuckDbAnalyticsStore)store;
        if (kind % 3 != 1)
            await duckDb.CompactAsync(CancellationToken.None);
        if (kind % 3 != 0)
            await duckDb.RollUpAsync(throughMs, CancellationToken.None);
    }
}

using ClickFuncs.Analytics;
using ClickFuncs.Lake;
using ClickFuncs.Local.Analytics;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Tests.Analytics;

/// <summary>The stores that a contract suite opens, each in a folder of its own beside a lake.</summary>
internal sealed class DuckDbStores
{
    private readonly List<string> _folders = [];
    private DuckDbAnalyticsStore? _store;

    internal async Task<IAnalyticsStore> OpenAsync(TimeSpan idleTimeout)
    {
        _folders.Add(Directory.CreateTempSubdirectory("clickfuncs-").FullName);

        // Steps of a few rows, a key cache of two, days instead of months: the boundaries are met all the time.
        var options = new DuckDbAnalyticsOptions { CompactionRows = 5, CachedKeys = 2, Readers = 2, MinuteDays = 1, HourDays = 2, HotDays = 3 };
        ILake lake = new TemporaryLake(Path.Combine(_folders[^1], "lake"));
        _store = await DuckDbAnalyticsStore.OpenAsync(
            _folders[^1], options, idleTimeout, TimeProvider.System, NullLogger<DuckDbAnalyticsStore>.Instance, CancellationToken.None, lake);
        return _store;
    }

    internal static async Task MaintainAsync(IAnalyticsStore store, int kind, long throughMs)
    {
        var duckDb = (DuckDbAnalyticsStore)store;
        if (kind % 3 != 1)
            await duckDb.CompactAsync(CancellationToken.None);
        if (kind % 3 != 0)
            await duckDb.RollUpAsync(throughMs, CancellationToken.None);
    }

    internal static async Task<(long MinutesFromMs, long HoursFromMs)> RetainAsync(IAnalyticsStore store)
    {
        var duckDb = (DuckDbAnalyticsStore)store;
        await duckDb.RetainAsync(TimeSpan.FromMinutes(15), CancellationToken.None);
        var kept = await duckDb.ReadKeptAsync(CancellationToken.None);
        return (kept.MinutesMs, kept.HoursMs);
    }

    internal async Task CloseAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        _store = null;
        foreach (var folder in _folders)
            Directory.Delete(folder, recursive: true);
        _folders.Clear();
    }
}

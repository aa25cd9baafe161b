using ClickFuncs.Catalog;
using ClickFuncs.Testing.Catalog;
using ClickFuncs.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Core.Tests.Catalog;

public sealed class CatalogCacheTests : IDisposable
{
    private readonly InMemoryCatalogStore _store = new();
    private readonly ManualClock _clock = new();
    private readonly CatalogCache _cache;

    public CatalogCacheTests() =>
        _cache = new CatalogCache(_store, new CatalogOptions(), _clock, NullLogger<CatalogCache>.Instance);

    [Fact]
    public async Task Refresh_SameVersion_KeepsTheSnapshotAndItsAgeStartsAnew()
    {
        Assert.Null(_cache.Current);
        await _store.UpsertAsync([CatalogSamples.Ad()], CancellationToken.None);
        var first = await _cache.RefreshAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(TimeSpan.FromSeconds(9), _cache.Age);

        var second = await _cache.RefreshAsync(CancellationToken.None);

        Assert.Same(first, second);
        Assert.Equal(TimeSpan.Zero, _cache.Age);
    }

    [Fact]
    public async Task Refresh_NewVersion_MergesTheChanges()
    {
        await _store.UpsertAsync([CatalogSamples.Ad("ad_1")], CancellationToken.None);
        await _cache.RefreshAsync(CancellationToken.None);
        await _store.UpsertAsync([CatalogSamples.Ad("ad_2")], CancellationToken.None);

        var snapshot = await _cache.RefreshAsync(CancellationToken.None);

        Assert.True(snapshot.TryFind("ad_1", out _) && snapshot.TryFind("ad_2", out _));
    }

    [Fact]
    public async Task Run_StoreFails_KeepsTheSnapshotAndRecovers()
    {
        await _store.UpsertAsync([CatalogSamples.Ad("ad_1")], CancellationToken.None);
        var known = await _cache.RefreshAsync(CancellationToken.None);
        _store.Failure = new IOException("gone");
        using var stop = new CancellationTokenSource();

        await _cache.TryRefreshAsync(stop.Token);
        Assert.Same(known, _cache.Current);
        var run = _cache.RunAsync(stop.Token);
        _store.Failure = null;
        await _store.UpsertAsync([CatalogSamples.Ad("ad_2")], CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(1));
        while (_cache.Current!.Count < 2)
            await Task.Yield();

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    public void Dispose() => _cache.Dispose();
}

using ClickFuncs.Catalog;

namespace ClickFuncs.Testing.Catalog;

/// <summary>A catalog in memory that keeps the store's contract; it can be told to fail.</summary>
public sealed class InMemoryCatalogStore : ICatalogStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (CatalogAd Ad, long Version)> _ads = new(StringComparer.Ordinal);
    private long _version;

    /// <summary>When set, every call throws it.</summary>
    public Exception? Failure { get; set; }

    public ValueTask<long> UpsertAsync(IReadOnlyCollection<CatalogAd> ads, CancellationToken cancellationToken) =>
        Write(ads, replace: true);

    public ValueTask<long> AddMissingAsync(IReadOnlyCollection<CatalogAd> ads, CancellationToken cancellationToken) =>
        Write(ads, replace: false);

    public ValueTask<long> GetVersionAsync(CancellationToken cancellationToken)
    {
        ThrowIfFailing();
        lock (_lock)
            return ValueTask.FromResult(_version);
    }

    public ValueTask<CatalogChanges> ReadChangesAsync(long sinceVersion, CancellationToken cancellationToken)
    {
        ThrowIfFailing();
        lock (_lock)
            return ValueTask.FromResult(new CatalogChanges(
                _version, [.. _ads.Values.Where(stored => stored.Version > sinceVersion).Select(stored => stored.Ad)]));
    }

    private ValueTask<long> Write(IReadOnlyCollection<CatalogAd> ads, bool replace)
    {
        ThrowIfFailing();
        CatalogAdRules.CheckAll(ads);
        lock (_lock)
        {
            var changed = ads.Where(ad => !_ads.TryGetValue(ad.AdId, out var stored) || (replace && stored.Ad != ad)).ToList();
            if (changed.Find(ad => _ads.TryGetValue(ad.AdId, out var stored) && stored.Ad.AdvertiserId != ad.AdvertiserId) is { } stolen)
                throw new CatalogConflictException($"Ad '{stolen.AdId}' belongs to another advertiser.");
            if (changed.Count > 0)
                _version++;
            foreach (var ad in changed)
                _ads[ad.AdId] = (ad, _version);
            return ValueTask.FromResult(_version);
        }
    }

    private void ThrowIfFailing()
    {
        if (Failure is not null)
            throw Failure;
    }
}

using ClickFuncs.Catalog;

namespace ClickFuncs.Testing.Catalog;

/// <summary>What every catalog store does; each adapter's tests inherit it.</summary>
public abstract class CatalogStoreContract
{
    private static CancellationToken None => CancellationToken.None;

    /// <summary>The store under test; empty, and the same one through a test.</summary>
    protected abstract ICatalogStore Store { get; }

    [Fact]
    public async Task ReadChanges_Empty_IsVersionZeroWithoutAds()
    {
        var changes = await Store.ReadChangesAsync(0, None);

        Assert.Equal(0, changes.Version);
        Assert.Empty(changes.Ads);
        Assert.Equal(0, await Store.GetVersionAsync(None));
    }

    [Fact]
    public async Task Upsert_NewAds_AreReadBackInEveryField()
    {
        var full = CatalogSamples.Ad() with { Status = AdStatus.Paused, LandingUrl = "https://møte.example/ø", AdGroupId = "gruppe_ø" };
        var bare = CatalogSamples.SeenAd();

        var version = await Store.UpsertAsync([full, bare], None);

        var changes = await Store.ReadChangesAsync(0, None);
        Assert.Equal(version, changes.Version);
        Assert.Equal(version, await Store.GetVersionAsync(None));
        Assert.Equal([full, bare], changes.Ads.OrderBy(ad => ad.AdId, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Upsert_ExistingAd_ReplacesItAndRaisesTheVersion()
    {
        var first = await Store.UpsertAsync([CatalogSamples.Ad("ad_1"), CatalogSamples.Ad("ad_2")], None);
        var archived = CatalogSamples.Ad("ad_2") with { Status = AdStatus.Archived, PriceMicros = 1, LandingUrl = null };

        var second = await Store.UpsertAsync([archived], None);

        Assert.True(second > first);
        Assert.Equal([archived], (await Store.ReadChangesAsync(first, None)).Ads);
        Assert.Equal(2, (await Store.ReadChangesAsync(0, None)).Ads.Count);
    }

    [Fact]
    public async Task Upsert_NothingNew_KeepsTheVersion()
    {
        var first = await Store.UpsertAsync([CatalogSamples.Ad(), CatalogSamples.SeenAd()], None);

        Assert.Equal(first, await Store.UpsertAsync([CatalogSamples.SeenAd(), CatalogSamples.Ad()], None));
        Assert.Equal(first, await Store.UpsertAsync([], None));
        Assert.Empty((await Store.ReadChangesAsync(first, None)).Ads);
    }

    [Fact]
    public async Task Upsert_AdOfAnotherAdvertiser_RefusesAllOfIt()
    {
        var version = await Store.UpsertAsync([CatalogSamples.Ad("ad_1")], None);

        await Assert.ThrowsAsync<CatalogConflictException>(async () => await Store.UpsertAsync(
            [CatalogSamples.Ad("ad_2"), CatalogSamples.Ad("ad_1") with { AdvertiserId = "adv_thief" }], None));

        Assert.Equal(version, await Store.GetVersionAsync(None));
        Assert.Equal([CatalogSamples.Ad("ad_1")], (await Store.ReadChangesAsync(0, None)).Ads);
    }

    [Fact]
    public async Task Upsert_InvalidOrRepeatedAd_RefusesAllOfIt()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.UpsertAsync(
            [CatalogSamples.Ad("ad_1"), CatalogSamples.Ad("ad_2") with { Currency = "usd" }], None));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.UpsertAsync(
            [CatalogSamples.Ad("ad_1"), CatalogSamples.SeenAd("ad_1")], None));

        Assert.Equal(0, await Store.GetVersionAsync(None));
    }

    [Fact]
    public async Task AddMissing_SomeExist_AddsOnlyTheOthers()
    {
        var first = await Store.UpsertAsync([CatalogSamples.Ad("ad_1")], None);

        var second = await Store.AddMissingAsync([CatalogSamples.SeenAd("ad_1"), CatalogSamples.SeenAd("ad_2")], None);

        Assert.True(second > first);
        Assert.Equal([CatalogSamples.SeenAd("ad_2")], (await Store.ReadChangesAsync(first, None)).Ads);
        Assert.Equal(second, await Store.AddMissingAsync([CatalogSamples.SeenAd("ad_1")], None));
    }

    [Fact]
    public async Task Upsert_ManyWritersAtOnce_LosesNothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            Task.Run(async () => await Store.UpsertAsync([CatalogSamples.Ad($"ad_{i}"), CatalogSamples.Ad($"ad_{i + 100}")], None))));

        var changes = await Store.ReadChangesAsync(0, None);
        Assert.Equal(32, changes.Ads.Count);
        Assert.Equal(16, changes.Version);
    }
}

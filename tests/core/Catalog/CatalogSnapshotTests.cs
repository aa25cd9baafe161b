using System.Text;
using ClickFuncs.Catalog;
using ClickFuncs.Testing.Catalog;

namespace ClickFuncs.Core.Tests.Catalog;

public sealed class CatalogSnapshotTests
{
    [Fact]
    public void With_Ads_FindsEachByItsBytesAndGivesItBack()
    {
        var ads = Enumerable.Range(0, 500).Select(i => CatalogSamples.Ad($"ad_ø{i}")).ToList();

        var snapshot = CatalogSnapshot.Empty.With(new CatalogChanges(3, ads));

        Assert.Equal(3, snapshot.Version);
        Assert.Equal(500, snapshot.Count);
        Assert.All(ads, ad =>
        {
            Assert.True(snapshot.TryFind(Encoding.UTF8.GetBytes(ad.AdId), out var entry));
            Assert.Equal(ad, entry.ToAd());
        });
        Assert.False(snapshot.TryFind("ad_none", out _));
    }

    [Fact]
    public void With_ChangedAd_LeavesTheOlderSnapshotAlone()
    {
        var before = CatalogSnapshot.Empty.With(new CatalogChanges(1, [CatalogSamples.Ad()]));

        var after = before.With(new CatalogChanges(2, [CatalogSamples.Ad() with { PriceMicros = 7 }]));

        Assert.True(before.TryFind(CatalogSamples.Ad().AdId, out var old));
        Assert.True(after.TryFind(CatalogSamples.Ad().AdId, out var changed));
        Assert.Equal((450_000, 7, 1), (old.PriceMicros, changed.PriceMicros, after.Count));
    }

    [Fact]
    public void AdvertiserIds_SeveralAdsEach_AreDistinctAndOrdered()
    {
        var snapshot = CatalogSnapshot.Empty.With(new CatalogChanges(1,
        [
            CatalogSamples.Ad("ad_1") with { AdvertiserId = "b" }, CatalogSamples.Ad("ad_2") with { AdvertiserId = "a" },
            CatalogSamples.Ad("ad_3") with { AdvertiserId = "b" },
        ]));

        Assert.Equal(["a", "b"], snapshot.AdvertiserIds);
    }

    [Theory]
    [InlineData("usd", 1, "https://a.example/")]
    [InlineData("", 1, "https://a.example/")]
    [InlineData("USD", -1, "https://a.example/")]
    [InlineData("USD", 1, "ftp://a.example/")]
    [InlineData("USD", 1, "/relative")]
    public void Problems_InvalidAd_NamesOne(string currency, long price, string landing)
    {
        var ad = CatalogSamples.Ad() with { Currency = currency, PriceMicros = price, LandingUrl = landing };

        Assert.Single(CatalogAdRules.Problems(ad));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\u0000b")]
    [InlineData("lone \ud800")]
    public void Problems_BadId_NamesIt(string id)
    {
        Assert.Single(CatalogAdRules.Problems(CatalogSamples.Ad(id)));
        Assert.Single(CatalogAdRules.Problems(CatalogSamples.Ad(new string('x', 129))));
    }
}

using ClickFuncs.Catalog;

namespace ClickFuncs.Testing.Catalog;

/// <summary>Ads to test with.</summary>
public static class CatalogSamples
{
    /// <summary>An active ad with a landing page, at 0.45 USD a click.</summary>
    public static CatalogAd Ad(string id = "ad_99a2c3d4") => new()
    {
        AdId = id,
        AdvertiserId = "adv_88f7e6d5",
        CampaignId = "cmp_77b6a5d4",
        AdGroupId = "grp_1",
        CreativeId = "cr_1",
        LandingUrl = "https://shop.example/landing?ad=1",
        PriceMicros = 450_000,
        Currency = "USD",
    };

    /// <summary>An ad that was first seen in an event: no landing page, price or currency.</summary>
    public static CatalogAd SeenAd(string id = "ad_seen") => new() { AdId = id, AdvertiserId = "adv_88f7e6d5", CampaignId = "cmp_77b6a5d4" };
}

using ClickFuncs.Catalog;

namespace ClickFuncs.Local.Demo;

/// <summary>Three advertisers with a dozen ads each, landing on pages of the demo host itself.</summary>
internal static class DemoCatalog
{
    private const int AdsPerAdvertiser = 12;
    private static readonly (string Id, string Currency)[] Advertisers = [("adv_fjord", "NOK"), ("adv_alpine", "EUR"), ("adv_prairie", "USD")];

    /// <summary>One of the advertisers.</summary>
    public static string FirstAdvertiser => Advertisers[0].Id;

    /// <summary>The ads of the demo.</summary>
    /// <param name="baseUrl">Address of the demo host.</param>
    public static IReadOnlyList<CatalogAd> Ads(string baseUrl) =>
    [
        .. Advertisers.SelectMany(advertiser => Enumerable.Range(1, AdsPerAdvertiser).Select(number => new CatalogAd
        {
            AdId = $"ad_{advertiser.Id[4..]}_{number}",
            AdvertiserId = advertiser.Id,
            CampaignId = $"cmp_{advertiser.Id[4..]}_{((number - 1) / 6) + 1}",
            AdGroupId = $"grp_{((number - 1) / 3) + 1}",
            CreativeId = $"cr_{(number % 2) + 1}",
            LandingUrl = $"{baseUrl}/demo/landing/ad_{advertiser.Id[4..]}_{number}",
            PriceMicros = 100_000 + (number * 25_000),
            Currency = advertiser.Currency,
        })),
    ];
}

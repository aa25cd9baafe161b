using System.Text.Json.Serialization;
using ClickFuncs.Catalog;

namespace ClickFuncs.Api.Catalog;

/// <summary>An ad on the wire, as it is read and written.</summary>
/// <param name="AdId">Identity, unique over all advertisers; when written it is that of the path, or absent.</param>
/// <param name="AdvertiserId">Who pays; fixed once the ad exists.</param>
/// <param name="CampaignId">Its campaign.</param>
/// <param name="AdGroupId">Its ad group; empty for none.</param>
/// <param name="CreativeId">Its creative; empty for none.</param>
/// <param name="LandingUrl">Where a click leads; null for an ad that was only seen in events.</param>
/// <param name="PriceMicros">Price of a click in millionths of the currency.</param>
/// <param name="Currency">ISO 4217; empty only when the price is zero.</param>
/// <param name="Status"><c>active</c>, <c>paused</c> or <c>archived</c>.</param>
internal sealed record AdAnswer(
    string? AdId, string AdvertiserId, string CampaignId, string? AdGroupId, string? CreativeId, string? LandingUrl, long PriceMicros, string? Currency,
    [property: JsonConverter(typeof(AdStatusText))] AdStatus Status)
{
    public static AdAnswer Of(CatalogAd ad) => new(
        ad.AdId, ad.AdvertiserId, ad.CampaignId, ad.AdGroupId, ad.CreativeId, ad.LandingUrl, ad.PriceMicros, ad.Currency, ad.Status);

    public CatalogAd ToAd(string id) => new()
    {
        AdId = id, AdvertiserId = AdvertiserId, CampaignId = CampaignId, AdGroupId = AdGroupId ?? "", CreativeId = CreativeId ?? "",
        LandingUrl = LandingUrl, PriceMicros = PriceMicros, Currency = Currency ?? "", Status = Status,
    };
}

/// <summary>The status by its name, in small letters.</summary>
internal sealed class AdStatusText() : JsonStringEnumConverter<AdStatus>(System.Text.Json.JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

/// <summary>A page of ads, ids ascending.</summary>
/// <param name="Ads">The ads.</param>
/// <param name="Next">The <c>after</c> of the next page; null on the last.</param>
internal sealed record AdsAnswer(IReadOnlyList<AdAnswer> Ads, string? Next);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = false, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AdAnswer))]
[JsonSerializable(typeof(AdsAnswer))]
internal sealed partial class AdsJson : JsonSerializerContext;

using ClickFuncs.Api.OpenApi;
using ClickFuncs.Api.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Catalog;

/// <summary>Maps the ads.</summary>
internal static class AdEndpoints
{
    private const string Root = "/api/v1/catalog/ads";

    public static void MapAds(this IEndpointRouteBuilder endpoints)
    {
        var ads = endpoints.ServiceProvider.GetRequiredService<AdsEndpoint>();
        endpoints.MapGet(Root, ads.ListAsync).RequireAuthorization(Access.AdvertiserNumbers)
            .Describe("Catalog", "Ads that the caller may see, ids ascending.", CatalogParameters.Ads).Answers(typeof(AdsAnswer)).Refuses(400);
        endpoints.MapGet($"{Root}/{{ad_id}}", ads.GetAsync).RequireAuthorization(Access.AdvertiserNumbers)
            .Describe("Catalog", "One ad, with its ETag.").Answers(typeof(AdAnswer)).Refuses(404);
        endpoints.MapPut($"{Root}/{{ad_id}}", ads.PutAsync).RequireAuthorization(Access.Operations)
            .Describe("Catalog", "Makes an ad, or replaces it whole; If-Match and If-None-Match guard against lost changes.")
            .Reads(typeof(AdAnswer)).Answers(typeof(AdAnswer)).Answers(typeof(AdAnswer), 201).Refuses(400, 409, 412, 415);
    }
}

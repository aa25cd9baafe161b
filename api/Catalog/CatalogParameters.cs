using ClickFuncs.Api.OpenApi;

namespace ClickFuncs.Api.Catalog;

/// <summary>Query parameters of the catalog, for the API's description.</summary>
internal static class CatalogParameters
{
    public static readonly QueryParameter[] Page =
        [new("after", "Id that the page begins after; the next of the page before."), new("limit", "Most entries, 1 to 1000.")];

    public static readonly QueryParameter[] Ads = [new("advertiser_id", "Only ads of this advertiser."), .. Page];
}

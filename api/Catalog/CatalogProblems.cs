using ClickFuncs.Api.Problems;

namespace ClickFuncs.Api.Catalog;

/// <summary>What is refused of the catalog.</summary>
internal static class CatalogProblems
{
    public static readonly Problem BadLimit = new("bad-limit", 400, "Bad limit", "limit must be a whole number from 1 to 1000.");

    public static readonly Problem NoSuchAd = new("ad-not-found", 404, "No such ad", "There is no ad of that id that these credentials may see.");

    public static readonly Problem Changed = new(
        "ad-changed", 412, "Ad changed", "The ad is not the version that If-Match or If-None-Match names. Read it again, then decide.");

    public static readonly Problem OtherAdvertiser = new(
        "ad-of-another-advertiser", 409, "Ad of another advertiser", "An ad stays with its advertiser. Make a new one instead.");

    /// <summary>The ad or link that was sent is none.</summary>
    public static Problem Bad(string why) => new("bad-ad", 400, "Bad ad", why);
}

using System.Text;
using ClickFuncs.Catalog;

namespace ClickFuncs.Links;

/// <summary>Joins what a link says with what the catalog says. Pure.</summary>
public static class LinkTarget
{
    /// <summary>Finds the ad and where the click leads.</summary>
    /// <param name="claims">Verified claims.</param>
    /// <param name="catalog">The catalog.</param>
    /// <param name="ad">The ad, when there is no defect.</param>
    /// <param name="location">The target as a Location header, when there is no defect.</param>
    public static LinkDefect Resolve(in LinkClaims claims, CatalogSnapshot catalog, out CatalogEntry ad, out string location)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        location = "";
        if (!catalog.TryFind(claims.AdId, out var found))
        {
            ad = null!;
            return LinkDefect.UnknownAd;
        }

        ad = found;
        if (ad.Status == AdStatus.Archived)
            return LinkDefect.AdInactive;
        if (!claims.RedirectUrl.IsEmpty)
            return ResolveExplicit(claims, ad, out location);
        location = ad.Location ?? "";
        return ad.Location is null ? LinkDefect.NoLandingPage : LinkDefect.None;
    }

    private static LinkDefect ResolveExplicit(in LinkClaims claims, CatalogEntry ad, out string location)
    {
        location = "";
        if (!claims.CampaignId.SequenceEqual(ad.CampaignId) || !claims.AdvertiserId.SequenceEqual(ad.AdvertiserId)
            || (claims.CostMicros != 0 && ad.Currency.IsEmpty))
            return LinkDefect.AdMismatch;
        // Most links lead to the ad's own page, whose text is already checked.
        if (ad.Location is not null && Ascii.Equals(claims.RedirectUrl, ad.Location))
        {
            location = ad.Location;
            return LinkDefect.None;
        }

        if (!RedirectTarget.TryNormalize(Encoding.UTF8.GetString(claims.RedirectUrl), out var target))
            return LinkDefect.BadTarget;
        location = target;
        return LinkDefect.None;
    }
}

using System.Text;
using ClickFuncs.Catalog;
using ClickFuncs.Events;

namespace ClickFuncs.Links;

/// <summary>Makes signed click links. Each call makes one impression's link: everyone who follows it is the same click.</summary>
public sealed class LinkMaker(LinkKeyRing keys, LinkOptions options, TimeProvider time)
{
    /// <summary>Path of compact links; the token follows.</summary>
    public const string CompactPath = "/c/";

    /// <summary>Path of explicit links; the query follows.</summary>
    public const string ExplicitPath = "/api/v1/clicks";

    /// <summary>Makes the compact form: path and token.</summary>
    /// <param name="ad">The ad; its landing page is looked up again when the link is followed.</param>
    /// <param name="clickId">Identity of the click, 1 to 128 bytes as UTF-8; null makes a new one.</param>
    /// <param name="priceMicros">Price; null takes the ad's.</param>
    /// <exception cref="LinkException">The ad is archived or has no landing page.</exception>
    /// <exception cref="ArgumentException">The id or the price is out of bounds.</exception>
    public string MakeCompact(CatalogEntry ad, string? clickId = null, long? priceMicros = null)
    {
        ArgumentNullException.ThrowIfNull(ad);
        CheckStatus(ad);
        if (ad.Location is null)
            throw new LinkException(LinkDefect.NoLandingPage, $"Ad '{ad.ToAd().AdId}' has no landing page: give it one in the catalog first.");
        var claims = new LinkClaims
        {
            ClickId = Encoding.UTF8.GetBytes(CheckId(clickId ?? ClickId.New())),
            AdId = ad.AdId,
            CostMicros = CheckPrice(ad, priceMicros),
            Currency = ad.Currency,
            // Whole seconds, rounded down: a token never outlives its lifetime.
            ExpiresAtMs = (time.GetUtcNow() + options.Lifetime).ToUnixTimeMilliseconds(),
        };
        return CompactPath + CompactToken.Write(keys.Active, claims);
    }

    /// <summary>Makes the explicit form: path and query.</summary>
    /// <param name="ad">The ad.</param>
    /// <param name="clickId">Identity of the click, 1 to 128 bytes as UTF-8; null makes a new one.</param>
    /// <param name="priceMicros">Price; null takes the ad's.</param>
    /// <param name="userId">User the link is made for, or empty.</param>
    /// <param name="redirectUrl">Where the click leads; null takes the ad's landing page.</param>
    /// <exception cref="LinkException">The ad is archived, has no landing page while none is given, or the given one is not allowed.</exception>
    /// <exception cref="ArgumentException">An id or the price is out of bounds.</exception>
    public string MakeExplicit(
        CatalogEntry ad, string? clickId = null, long? priceMicros = null, string userId = "", string? redirectUrl = null)
    {
        ArgumentNullException.ThrowIfNull(ad);
        CheckStatus(ad);
        var known = ad.ToAd();
        var target = redirectUrl ?? ad.Location
            ?? throw new LinkException(LinkDefect.NoLandingPage, $"Ad '{known.AdId}' has no landing page and the link names none.");
        if (!RedirectTarget.TryNormalize(target, out var location))
            throw new LinkException(LinkDefect.BadTarget, "The target must be absolute http or https, without user name and control characters.");
        return $"{ExplicitPath}?{ExplicitForm.Write(keys.Active, new ExplicitLink
        {
            AdId = known.AdId,
            CampaignId = known.CampaignId,
            AdvertiserId = known.AdvertiserId,
            ClickId = CheckId(clickId ?? ClickId.New()),
            UserId = userId.Length == 0 ? "" : CheckId(userId),
            CostMicros = CheckPrice(ad, priceMicros),
            MadeAtMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
            RedirectUrl = location,
        })}";
    }

    private static void CheckStatus(CatalogEntry ad)
    {
        if (ad.Status == AdStatus.Archived)
            throw new LinkException(LinkDefect.AdInactive, $"Ad '{ad.ToAd().AdId}' is archived.");
    }

    private static string CheckId(string id) => Encoding.UTF8.GetByteCount(id) is > 0 and <= EventLimits.MaxIdBytes
        ? id
        : throw new ArgumentException($"An id must have 1 to {EventLimits.MaxIdBytes} bytes.", nameof(id));

    private static long CheckPrice(CatalogEntry ad, long? priceMicros)
    {
        var price = priceMicros ?? ad.PriceMicros;
        if (price is < 0 or > EventLimits.MaxCostMicros)
            throw new ArgumentException($"A price must lie between 0 and {EventLimits.MaxCostMicros} micros.", nameof(priceMicros));
        if (price != 0 && ad.Currency.IsEmpty)
            throw new ArgumentException($"Ad '{ad.ToAd().AdId}' has no currency for a price.", nameof(priceMicros));
        return price;
    }
}

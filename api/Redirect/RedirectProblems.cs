using ClickFuncs.Api.Problems;
using ClickFuncs.Links;

namespace ClickFuncs.Api.Redirect;

/// <summary>Every way in which a click request is refused, with stable types.</summary>
internal static class RedirectProblems
{
    public static readonly Problem Overloaded = new(
        "overloaded", 503, "Too many clicks at once", "The server has as many clicks in flight as it accepts. Try again in a second.");

    public static readonly Problem LogUnavailable = new(
        "log-unavailable", 503, "Clicks can't be recorded", "The click could not be made durable, so it is not answered. Try again in a second.");

    public static readonly Problem CatalogUnavailable = new(
        "catalog-unavailable", 503, "Starting", "The server doesn't know its ads yet. Try again in a second.");

    private static readonly Problem Malformed = Of(
        LinkDefect.Malformed, "link-malformed", 400, "Not a click link", "The link is incomplete or has parts that no click link has.");

    private static readonly Problem UnknownKey = Of(
        LinkDefect.UnknownKey, "link-unknown-key", 403, "Unknown signing key", "The link is signed with a key that is not in use (any more).");

    private static readonly Problem BadSignature = Of(
        LinkDefect.BadSignature, "link-bad-signature", 403, "Bad signature", "The link was changed after it was signed, or never signed.");

    private static readonly Problem Expired = Of(
        LinkDefect.Expired, "link-expired", 410, "Link expired", "The link's time is over. Reload the page that showed the ad to get a new one.");

    private static readonly Problem NotYetValid = Of(
        LinkDefect.NotYetValid, "link-not-yet-valid", 403, "Link from the future", "The link would be valid for longer than links may be. Check the clock and the lifetime where it was made.");

    private static readonly Problem UnknownAd = Of(
        LinkDefect.UnknownAd, "ad-unknown", 404, "Unknown ad", "The link is signed, but its ad is not in the catalog.");

    private static readonly Problem AdInactive = Of(
        LinkDefect.AdInactive, "ad-inactive", 404, "Ad no longer available", "The ad behind this link is archived.");

    private static readonly Problem AdMismatch = Of(
        LinkDefect.AdMismatch, "ad-mismatch", 409, "Link and catalog disagree", "Campaign, advertiser or currency of the link are not those of its ad.");

    private static readonly Problem NoLandingPage = Of(
        LinkDefect.NoLandingPage, "ad-no-landing-page", 404, "Ad without landing page", "The ad has no landing page in the catalog, so there is nowhere to go.");

    private static readonly Problem BadTarget = Of(
        LinkDefect.BadTarget, "link-bad-target", 400, "Target not allowed", "The link leads to something that is no absolute http or https address.");

    public static Problem Of(LinkDefect defect) => defect switch
    {
        LinkDefect.Malformed => Malformed,
        LinkDefect.UnknownKey => UnknownKey,
        LinkDefect.BadSignature => BadSignature,
        LinkDefect.Expired => Expired,
        LinkDefect.NotYetValid => NotYetValid,
        LinkDefect.UnknownAd => UnknownAd,
        LinkDefect.AdInactive => AdInactive,
        LinkDefect.AdMismatch => AdMismatch,
        LinkDefect.NoLandingPage => NoLandingPage,
        LinkDefect.BadTarget => BadTarget,
        _ => throw new ArgumentOutOfRangeException(nameof(defect), defect, null),
    };

    private static Problem Of(LinkDefect defect, string slug, int status, string title, string detail) =>
        new(slug, status, title, detail, defect.Code());
}

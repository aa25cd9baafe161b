namespace ClickFuncs.Links;

/// <summary>Why a link is refused. <see cref="LinkDefects.Code"/> gives the stable text.</summary>
public enum LinkDefect
{
    /// <summary>It is in order.</summary>
    None = 0,

    /// <summary>It doesn't have the form of a link: wrong alphabet, length or version; a parameter missing, unknown, repeated or out of bounds.</summary>
    Malformed,

    /// <summary>It names a signing key that this server doesn't have (any more).</summary>
    UnknownKey,

    /// <summary>The signature doesn't match: something in the link was changed, or it was never signed.</summary>
    BadSignature,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It would be valid for longer than links may be: a maker's clock or lifetime is wrong, and a replay could outlive deduplication.</summary>
    NotYetValid,

    /// <summary>The ad isn't in the catalog.</summary>
    UnknownAd,

    /// <summary>The ad is archived.</summary>
    AdInactive,

    /// <summary>Campaign or advertiser differ from the catalog's, or it has a price and the ad no currency.</summary>
    AdMismatch,

    /// <summary>The ad has no landing page.</summary>
    NoLandingPage,

    /// <summary>The target is signed but is no absolute http or https address.</summary>
    BadTarget,
}

/// <summary>Stable texts of <see cref="LinkDefect"/>.</summary>
public static class LinkDefects
{
    /// <summary>Reason code in snake_case, as in answers and metrics.</summary>
    public static string Code(this LinkDefect defect) => defect switch
    {
        LinkDefect.None => "none",
        LinkDefect.Malformed => "malformed",
        LinkDefect.UnknownKey => "unknown_key",
        LinkDefect.BadSignature => "bad_signature",
        LinkDefect.Expired => "expired",
        LinkDefect.NotYetValid => "not_yet_valid",
        LinkDefect.UnknownAd => "unknown_ad",
        LinkDefect.AdInactive => "ad_inactive",
        LinkDefect.AdMismatch => "ad_mismatch",
        LinkDefect.NoLandingPage => "no_landing_page",
        LinkDefect.BadTarget => "bad_target",
        _ => throw new ArgumentOutOfRangeException(nameof(defect), defect, null),
    };
}

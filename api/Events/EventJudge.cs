using System.Diagnostics.CodeAnalysis;
using System.Text;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Catalog;
using ClickFuncs.Events;

namespace ClickFuncs.Api.Events;

/// <summary>
/// Decides whether a sender may have an event counted. Clicks never: a click is billed, and is only what this system saw itself behind
/// a link it signed. Pure.
/// </summary>
internal static class EventJudge
{
    public const string ClickRefused = "click_not_accepted";
    public const string UnknownAd = "unknown_ad";
    public const string AdMismatch = "ad_mismatch";

    /// <summary>Judges a readable event, and takes from it what a sender doesn't decide.</summary>
    /// <param name="view">The event; its ad group and creative are completed from the catalog.</param>
    /// <param name="caller">Who sends it.</param>
    /// <param name="ads">The catalog.</param>
    /// <param name="reason">Why it is refused; null when it is accepted.</param>
    public static bool Accepts(ref EventView view, Caller caller, CatalogSnapshot ads, [NotNullWhen(false)] out string? reason)
    {
        reason = Refusal(view, caller, ads, out var ad);
        if (reason is not null)
            return false;
        // The verdict is this system's; a price is a click's.
        view.Verdict = default;
        view.CostMicros = 0;
        view.Currency = default;
        if (view.AdGroupId.IsEmpty)
            view.AdGroupId = ad!.AdGroupId;
        if (view.CreativeId.IsEmpty)
            view.CreativeId = ad!.CreativeId;
        return true;
    }

    /// <summary>What a reason means, for the person who reads the answer.</summary>
    public static string Sentence(string reason) => reason switch
    {
        ClickRefused => "Clicks are only counted when they come in through a signed link; send impressions and conversions here.",
        UnknownAd => "There is no such ad among those this key may send events for.",
        AdMismatch => "The ad belongs to another campaign or advertiser than the event says.",
        _ => "The event can't be read; it is kept in quarantine with this reason.",
    };

    private static string? Refusal(in EventView view, Caller caller, CatalogSnapshot ads, out CatalogEntry? ad)
    {
        ad = null;
        if (view.Type is not (EventType.Impression or EventType.Conversion))
            return ClickRefused;
        // Another tenant's ad is answered like one that doesn't exist.
        if (!ads.TryFind(view.AdId, out ad) || !caller.MayActFor(Encoding.UTF8.GetString(ad.AdvertiserId)))
            return UnknownAd;
        return view.AdvertiserId.SequenceEqual(ad.AdvertiserId) && view.CampaignId.SequenceEqual(ad.CampaignId) ? null : AdMismatch;
    }
}

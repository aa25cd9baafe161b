using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Links;

namespace ClickFuncs.Catalog;

/// <summary>What makes a catalog ad valid, so that every event built from it is valid too. Pure.</summary>
public static class CatalogAdRules
{
    /// <summary>All rules the ad breaks, as sentences; empty when it is valid.</summary>
    public static IReadOnlyList<string> Problems(CatalogAd ad)
    {
        ArgumentNullException.ThrowIfNull(ad);
        var problems = new List<string>();
        CheckId("ad_id", ad.AdId, required: true, problems);
        CheckId("advertiser_id", ad.AdvertiserId, required: true, problems);
        CheckId("campaign_id", ad.CampaignId, required: true, problems);
        CheckId("ad_group_id", ad.AdGroupId, required: false, problems);
        CheckId("creative_id", ad.CreativeId, required: false, problems);
        if (ad.PriceMicros is < 0 or > EventLimits.MaxCostMicros)
            problems.Add($"The price must lie between 0 and {EventLimits.MaxCostMicros} micros.");
        if (!IsCurrency(ad.Currency, ad.PriceMicros))
            problems.Add("The currency must be three capital letters; it may be absent only when the price is zero.");
        if (!Enum.IsDefined(ad.Status))
            problems.Add("The status is none of active, paused, archived.");
        if (ad.LandingUrl is not null && !RedirectTarget.TryNormalize(ad.LandingUrl, out _))
            problems.Add("The landing URL must be absolute http or https, without user name and control characters.");
        return problems;
    }

    /// <summary>Refuses an invalid ad.</summary>
    /// <exception cref="ArgumentException">Names the ad and everything that is wrong with it.</exception>
    public static void Check(CatalogAd ad)
    {
        var problems = Problems(ad);
        if (problems.Count > 0)
            throw new ArgumentException($"Ad '{ad.AdId}': {string.Join(' ', problems)}", nameof(ad));
    }

    /// <summary>Refuses ads that can't be written together: an invalid one, or two with one id.</summary>
    /// <exception cref="ArgumentException">Names the ad and what is wrong.</exception>
    public static void CheckAll(IReadOnlyCollection<CatalogAd> ads)
    {
        ArgumentNullException.ThrowIfNull(ads);
        var ids = new HashSet<string>(ads.Count, StringComparer.Ordinal);
        foreach (var ad in ads)
        {
            Check(ad);
            if (!ids.Add(ad.AdId))
                throw new ArgumentException($"Ad '{ad.AdId}' is named twice.", nameof(ads));
        }
    }

    private static void CheckId(string name, string? id, bool required, List<string> problems)
    {
        if (id is null || (required && id.Length == 0))
            problems.Add($"{name} is missing.");
        else if (Encoding.UTF8.GetByteCount(id) > EventLimits.MaxIdBytes)
            problems.Add($"{name} is longer than {EventLimits.MaxIdBytes} bytes.");
        else if (id.AsSpan().ContainsAnyInRange('\0', '\u001f') || !IsWellFormed(id))
            problems.Add($"{name} holds characters that are no text.");
    }

    // A lone surrogate would turn into a replacement character on the wire and match another ad's id.
    private static bool IsWellFormed(string id)
    {
        foreach (var rune in id.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
                return false;
        }

        return true;
    }

    private static bool IsCurrency(string? currency, long priceMicros) => currency switch
    {
        null => false,
        "" => priceMicros == 0,
        _ => currency.Length == 3 && !currency.AsSpan().ContainsAnyExceptInRange('A', 'Z'),
    };
}

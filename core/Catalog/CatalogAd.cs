namespace ClickFuncs.Catalog;

/// <summary>One ad and where it belongs. What is allowed says <see cref="CatalogAdRules"/>.</summary>
public sealed record CatalogAd
{
    /// <summary>Identity of the ad, unique over all advertisers.</summary>
    public required string AdId { get; init; }

    /// <summary>Who pays. Fixed once the ad exists.</summary>
    public required string AdvertiserId { get; init; }

    /// <summary>Campaign of the ad.</summary>
    public required string CampaignId { get; init; }

    /// <summary>Ad group of the ad; empty for none.</summary>
    public string AdGroupId { get; init; } = "";

    /// <summary>Creative that is shown; empty for none.</summary>
    public string CreativeId { get; init; } = "";

    /// <summary>Where a click leads: absolute http or https. Null for an ad that was only seen in events: no link can be made for it.</summary>
    public string? LandingUrl { get; init; }

    /// <summary>Price of a click in millionths of <see cref="Currency"/>, unless a link names its own.</summary>
    public long PriceMicros { get; init; }

    /// <summary>ISO 4217 code; empty only when the price is zero.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Whether it may run.</summary>
    public AdStatus Status { get; init; }
}

namespace ClickFuncs.Links;

/// <summary>What the explicit form of a link says, as a maker states it.</summary>
public sealed record ExplicitLink
{
    /// <summary>The ad.</summary>
    public required string AdId { get; init; }

    /// <summary>Its campaign, as in the catalog.</summary>
    public required string CampaignId { get; init; }

    /// <summary>Its advertiser, as in the catalog.</summary>
    public required string AdvertiserId { get; init; }

    /// <summary>Identity of the click.</summary>
    public required string ClickId { get; init; }

    /// <summary>User the link is made for; empty when unknown.</summary>
    public string UserId { get; init; } = "";

    /// <summary>Price in millionths of the ad's currency.</summary>
    public required long CostMicros { get; init; }

    /// <summary>When the link was made, milliseconds since the Unix epoch.</summary>
    public required long MadeAtMs { get; init; }

    /// <summary>Where the click leads.</summary>
    public required string RedirectUrl { get; init; }
}

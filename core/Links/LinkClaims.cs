namespace ClickFuncs.Links;

/// <summary>What a link says, once its signature has been verified. Spans over the caller's scratch buffer; empty means absent.</summary>
public ref struct LinkClaims
{
    /// <summary>Identity of the click: fixed when the link was made, whoever follows it and however often.</summary>
    public ReadOnlySpan<byte> ClickId;

    /// <summary>The ad.</summary>
    public ReadOnlySpan<byte> AdId;

    /// <summary>Price of the click in millionths of the currency.</summary>
    public long CostMicros;

    /// <summary>Currency of the price; absent in the explicit form, where the ad's own applies.</summary>
    public ReadOnlySpan<byte> Currency;

    /// <summary>From when on the link is refused, milliseconds since the Unix epoch.</summary>
    public long ExpiresAtMs;

    /// <summary>Campaign; explicit form only.</summary>
    public ReadOnlySpan<byte> CampaignId;

    /// <summary>Advertiser; explicit form only.</summary>
    public ReadOnlySpan<byte> AdvertiserId;

    /// <summary>User the link was made for; explicit form only, and may be absent there.</summary>
    public ReadOnlySpan<byte> UserId;

    /// <summary>Where the click leads; explicit form only. The compact form takes it from the catalog.</summary>
    public ReadOnlySpan<byte> RedirectUrl;
}

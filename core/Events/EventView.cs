using ClickFuncs.Verdicts;

namespace ClickFuncs.Events;

/// <summary>
/// One ad event as UTF-8 spans over somebody else's buffer: what readers, writers and the redirect pass around without
/// allocating. Valid only as long as that buffer is. An empty span means absent.
/// </summary>
public ref struct EventView
{
    /// <summary>Identity of the event; with <see cref="Type"/> it is what deduplication compares.</summary>
    public ReadOnlySpan<byte> ClickId;

    /// <summary>When it happened, in milliseconds since the Unix epoch, UTC. Zero means absent.</summary>
    public long EventTimeMs;

    /// <summary>What happened.</summary>
    public EventType Type;

    /// <summary>Price in millionths of the currency unit. Never negative.</summary>
    public long CostMicros;

    /// <summary>Who pays.</summary>
    public ReadOnlySpan<byte> AdvertiserId;

    /// <summary>Campaign of the ad.</summary>
    public ReadOnlySpan<byte> CampaignId;

    /// <summary>Ad group of the ad; may be absent.</summary>
    public ReadOnlySpan<byte> AdGroupId;

    /// <summary>The ad.</summary>
    public ReadOnlySpan<byte> AdId;

    /// <summary>Creative that was shown; may be absent.</summary>
    public ReadOnlySpan<byte> CreativeId;

    /// <summary>ISO 4217 code of <see cref="CostMicros"/>.</summary>
    public ReadOnlySpan<byte> Currency;

    /// <summary>Device class; absent when unknown.</summary>
    public ReadOnlySpan<byte> Device;

    /// <summary>ISO 3166-1 alpha-2 country; absent when unknown.</summary>
    public ReadOnlySpan<byte> Country;

    /// <summary>User as the platform knows it; may be absent.</summary>
    public ReadOnlySpan<byte> UserId;

    /// <summary>Client address as text; may be absent.</summary>
    public ReadOnlySpan<byte> Ip;

    /// <summary>The User-Agent header; may be absent.</summary>
    public ReadOnlySpan<byte> UserAgent;

    /// <summary>The Referer header; may be absent.</summary>
    public ReadOnlySpan<byte> Referrer;

    /// <summary>Why it is no click, when <see cref="Type"/> is <see cref="EventType.NonClick"/>.</summary>
    public NonClickReason NonClickReason;

    /// <summary>Raw input that could not be read as an event; when present the record goes to quarantine.</summary>
    public ReadOnlySpan<byte> RejectedInput;

    /// <summary>Why <see cref="RejectedInput"/> was rejected, as text.</summary>
    public ReadOnlySpan<byte> RejectedReason;

    /// <summary>How it was judged; nobody has when it is the default.</summary>
    public Verdict Verdict;

    /// <summary>Whether the campaign's budget was spent, or not known well enough, when it was clicked. Such a click costs nothing.</summary>
    public bool OverBudget;

    /// <summary>Encoded fields this version does not know, kept so that they survive a round trip.</summary>
    public ReadOnlySpan<byte> UnknownFields;
}

namespace ClickFuncs.Events;

/// <summary>Protobuf tags (field number and wire type) of <c>ad_event.proto</c>. One byte up to field 15, two from 16 on.</summary>
internal static class EventFields
{
    public const uint ClickId = (1 << 3) | 2;
    public const uint EventTime = 2 << 3;
    public const uint Type = 3 << 3;
    public const uint Cost = 4 << 3;
    public const uint AdvertiserId = (5 << 3) | 2;
    public const uint CampaignId = (6 << 3) | 2;
    public const uint AdGroupId = (7 << 3) | 2;
    public const uint AdId = (8 << 3) | 2;
    public const uint CreativeId = (9 << 3) | 2;
    public const uint Currency = (10 << 3) | 2;
    public const uint Device = (11 << 3) | 2;
    public const uint Country = (12 << 3) | 2;
    public const uint UserId = (13 << 3) | 2;
    public const uint Ip = (14 << 3) | 2;
    public const uint UserAgent = (15 << 3) | 2;
    public const uint Referrer = (16 << 3) | 2;
    public const uint NonClickReason = 17 << 3;
    public const uint RejectedInput = (18 << 3) | 2;
    public const uint RejectedReason = (19 << 3) | 2;
    public const uint VerdictTier = 20 << 3;
    public const uint VerdictReasons = 21 << 3;
    public const uint OverBudget = 22 << 3;

    /// <summary>Highest field number this version knows.</summary>
    public const uint LastField = OverBudget >> 3;
}

namespace ClickFuncs.Events.Ndjson;

/// <summary>The JSON fields of an event line. Anything else is ignored.</summary>
internal enum NdjsonField
{
    Unknown,
    Type,
    ClickId,
    EventTime,
    CostMicros,
    AdvertiserId,
    CampaignId,
    AdGroupId,
    AdId,
    CreativeId,
    Currency,
    Device,
    Country,
    UserId,
    Ip,
    UserAgent,
    Referrer,
    NonClickReason,
    Verdict,
    Reasons,
    OverBudget,
}

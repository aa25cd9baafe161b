namespace ClickFuncs.Events.Ndjson;

/// <summary>The fields' names on the line: those of the event schema in snake_case.</summary>
internal static class NdjsonNames
{
    public const string Type = "type";
    public const string ClickId = "click_id";
    public const string EventTime = "event_time";
    public const string CostMicros = "cost_micros";
    public const string AdvertiserId = "advertiser_id";
    public const string CampaignId = "campaign_id";
    public const string AdGroupId = "ad_group_id";
    public const string AdId = "ad_id";
    public const string CreativeId = "creative_id";
    public const string Currency = "currency";
    public const string Device = "device";
    public const string Country = "country";
    public const string UserId = "user_id";
    public const string Ip = "ip";
    public const string UserAgent = "user_agent";
    public const string Referrer = "referrer";
    public const string NonClickReason = "non_click_reason";
    public const string Verdict = "verdict";
    public const string Reasons = "reasons";
    public const string OverBudget = "over_budget";

    // By length first: at most five comparisons of a constant, each a few machine words.
    public static NdjsonField Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => name.SequenceEqual("ip"u8) ? NdjsonField.Ip : NdjsonField.Unknown,
        4 => name.SequenceEqual("type"u8) ? NdjsonField.Type : NdjsonField.Unknown,
        5 => name.SequenceEqual("ad_id"u8) ? NdjsonField.AdId : NdjsonField.Unknown,
        6 => name.SequenceEqual("device"u8) ? NdjsonField.Device : NdjsonField.Unknown,
        7 => name.SequenceEqual("user_id"u8) ? NdjsonField.UserId
            : name.SequenceEqual("country"u8) ? NdjsonField.Country
            : name.SequenceEqual("verdict"u8) ? NdjsonField.Verdict
            : name.SequenceEqual("reasons"u8) ? NdjsonField.Reasons : NdjsonField.Unknown,
        8 => name.SequenceEqual("click_id"u8) ? NdjsonField.ClickId
            : name.SequenceEqual("currency"u8) ? NdjsonField.Currency
            : name.SequenceEqual("referrer"u8) ? NdjsonField.Referrer : NdjsonField.Unknown,
        10 => name.SequenceEqual("user_agent"u8) ? NdjsonField.UserAgent
            : name.SequenceEqual("event_time"u8) ? NdjsonField.EventTime : NdjsonField.Unknown,
        11 => name.SequenceEqual("campaign_id"u8) ? NdjsonField.CampaignId
            : name.SequenceEqual("ad_group_id"u8) ? NdjsonField.AdGroupId
            : name.SequenceEqual("creative_id"u8) ? NdjsonField.CreativeId
            : name.SequenceEqual("cost_micros"u8) ? NdjsonField.CostMicros
            : name.SequenceEqual("over_budget"u8) ? NdjsonField.OverBudget : NdjsonField.Unknown,
        13 => name.SequenceEqual("advertiser_id"u8) ? NdjsonField.AdvertiserId : NdjsonField.Unknown,
        16 => name.SequenceEqual("non_click_reason"u8) ? NdjsonField.NonClickReason : NdjsonField.Unknown,
        _ => NdjsonField.Unknown,
    };
}

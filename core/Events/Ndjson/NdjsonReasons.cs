namespace ClickFuncs.Events.Ndjson;

/// <summary>
/// Stable codes of why a line is no event, beside those of <see cref="EventDefects.Code"/>: what quarantine, answers and
/// metrics show. A field of the wrong JSON type is <c>wrong_type:</c> and its name.
/// </summary>
public static class NdjsonReasons
{
    /// <summary>Not one complete JSON value, or an escape that is no character.</summary>
    public const string InvalidJson = "invalid_json";

    /// <summary>JSON, but no object.</summary>
    public const string NotAnObject = "not_an_object";

    /// <summary>The line is longer than an event may be; see <see cref="NdjsonLineReader.MaxLineBytes"/>.</summary>
    public const string LineTooLong = "line_too_long";

    /// <summary>The event time is a string, but no date and time with an offset; see <see cref="Iso8601"/>.</summary>
    public const string InvalidEventTime = "invalid_event_time";

    /// <summary>The non-click reason is none this version knows.</summary>
    public const string UnknownNonClickReason = "unknown_non_click_reason";

    /// <summary>The verdict is none this version knows.</summary>
    public const string UnknownVerdict = "unknown_verdict";

    /// <summary>A reason of the verdict is none this version knows.</summary>
    public const string UnknownVerdictReason = "unknown_verdict_reason";

    internal static string WrongType(NdjsonField field) => field switch
    {
        NdjsonField.Type => "wrong_type:" + NdjsonNames.Type,
        NdjsonField.ClickId => "wrong_type:" + NdjsonNames.ClickId,
        NdjsonField.EventTime => "wrong_type:" + NdjsonNames.EventTime,
        NdjsonField.CostMicros => "wrong_type:" + NdjsonNames.CostMicros,
        NdjsonField.AdvertiserId => "wrong_type:" + NdjsonNames.AdvertiserId,
        NdjsonField.CampaignId => "wrong_type:" + NdjsonNames.CampaignId,
        NdjsonField.AdGroupId => "wrong_type:" + NdjsonNames.AdGroupId,
        NdjsonField.AdId => "wrong_type:" + NdjsonNames.AdId,
        NdjsonField.CreativeId => "wrong_type:" + NdjsonNames.CreativeId,
        NdjsonField.Currency => "wrong_type:" + NdjsonNames.Currency,
        NdjsonField.Device => "wrong_type:" + NdjsonNames.Device,
        NdjsonField.Country => "wrong_type:" + NdjsonNames.Country,
        NdjsonField.UserId => "wrong_type:" + NdjsonNames.UserId,
        NdjsonField.Ip => "wrong_type:" + NdjsonNames.Ip,
        NdjsonField.UserAgent => "wrong_type:" + NdjsonNames.UserAgent,
        NdjsonField.Referrer => "wrong_type:" + NdjsonNames.Referrer,
        NdjsonField.NonClickReason => "wrong_type:" + NdjsonNames.NonClickReason,
        NdjsonField.Verdict => "wrong_type:" + NdjsonNames.Verdict,
        NdjsonField.Reasons => "wrong_type:" + NdjsonNames.Reasons,
        NdjsonField.OverBudget => "wrong_type:" + NdjsonNames.OverBudget,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };
}

using ClickFuncs.Verdicts;

namespace ClickFuncs.Events.Ndjson;

/// <summary>Puts JSON values into an event. Each method gives the reason why the field can't hold the value, or null.</summary>
internal static class NdjsonValues
{
    public static string? SetText(ref EventView view, NdjsonField field, ReadOnlySpan<byte> text)
    {
        switch (field)
        {
            case NdjsonField.Type: return SetType(ref view, text);
            case NdjsonField.EventTime: return Iso8601.TryParse(text, out view.EventTimeMs) ? null : NdjsonReasons.InvalidEventTime;
            case NdjsonField.CostMicros or NdjsonField.Reasons or NdjsonField.OverBudget: return NdjsonReasons.WrongType(field);
            case NdjsonField.NonClickReason: return SetNonClickReason(ref view, text);
            case NdjsonField.Verdict: return SetVerdict(ref view, text);
            case NdjsonField.ClickId: view.ClickId = text; break;
            case NdjsonField.AdvertiserId: view.AdvertiserId = text; break;
            case NdjsonField.CampaignId: view.CampaignId = text; break;
            case NdjsonField.AdGroupId: view.AdGroupId = text; break;
            case NdjsonField.AdId: view.AdId = text; break;
            case NdjsonField.CreativeId: view.CreativeId = text; break;
            case NdjsonField.Currency: view.Currency = text; break;
            case NdjsonField.Device: view.Device = text; break;
            case NdjsonField.Country: view.Country = text; break;
            case NdjsonField.UserId: view.UserId = text; break;
            case NdjsonField.Ip: view.Ip = text; break;
            case NdjsonField.UserAgent: view.UserAgent = text; break;
            case NdjsonField.Referrer: view.Referrer = text; break;
        }

        return null;
    }

    public static string? SetNumber(ref EventView view, NdjsonField field, long number)
    {
        switch (field)
        {
            case NdjsonField.EventTime: view.EventTimeMs = number; return null;
            case NdjsonField.CostMicros: view.CostMicros = number; return null;
            default: return NdjsonReasons.WrongType(field);
        }
    }

    /// <summary>Null is the same as leaving the field out.</summary>
    public static string? SetNull(ref EventView view, NdjsonField field)
    {
        switch (field)
        {
            case NdjsonField.Type: view.Type = EventType.Click; return null;
            case NdjsonField.EventTime: view.EventTimeMs = 0; return null;
            case NdjsonField.CostMicros: view.CostMicros = 0; return null;
            case NdjsonField.NonClickReason: view.NonClickReason = NonClickReason.None; return null;
            case NdjsonField.Verdict: view.Verdict = view.Verdict with { Tier = VerdictTier.Unjudged }; return null;
            case NdjsonField.Reasons: view.Verdict = view.Verdict with { Reasons = VerdictReasons.None }; return null;
            case NdjsonField.OverBudget: view.OverBudget = false; return null;
            default: return SetText(ref view, field, default);
        }
    }

    private static string? SetType(ref EventView view, ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("click"u8))
            view.Type = EventType.Click;
        else if (text.SequenceEqual("impression"u8))
            view.Type = EventType.Impression;
        else if (text.SequenceEqual("conversion"u8))
            view.Type = EventType.Conversion;
        else if (text.SequenceEqual("non_click"u8))
            view.Type = EventType.NonClick;
        else
            return EventDefect.UnknownType.Code();
        return null;
    }

    private static string? SetNonClickReason(ref EventView view, ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("head"u8))
            view.NonClickReason = NonClickReason.Head;
        else if (text.SequenceEqual("prefetch"u8))
            view.NonClickReason = NonClickReason.Prefetch;
        else if (text.SequenceEqual("prerender"u8))
            view.NonClickReason = NonClickReason.Prerender;
        else
            return NdjsonReasons.UnknownNonClickReason;
        return null;
    }

    private static string? SetVerdict(ref EventView view, ReadOnlySpan<byte> text)
    {
        VerdictTier tier;
        if (text.SequenceEqual("valid"u8))
            tier = VerdictTier.Valid;
        else if (text.SequenceEqual("suspect"u8))
            tier = VerdictTier.Suspect;
        else if (text.SequenceEqual("invalid"u8))
            tier = VerdictTier.Invalid;
        else
            return NdjsonReasons.UnknownVerdict;
        view.Verdict = view.Verdict with { Tier = tier };
        return null;
    }
}

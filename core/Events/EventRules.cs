using System.Text.Unicode;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Events;

/// <summary>What makes an event valid, whatever form it came in. Pure.</summary>
public static class EventRules
{
    /// <summary>The first rule the event breaks, or <see cref="EventDefect.None"/>. The arrival time is not known here.</summary>
    public static EventDefect Judge(in EventView view)
    {
        if (!view.RejectedInput.IsEmpty || !view.RejectedReason.IsEmpty)
            return EventDefect.RejectedInput;
        if (view.ClickId.IsEmpty)
            return EventDefect.MissingClickId;
        var defect = JudgeNumbers(view.EventTimeMs, (uint)view.Type, view.CostMicros);
        if (defect != EventDefect.None)
            return defect;
        if (view.AdvertiserId.IsEmpty || view.CampaignId.IsEmpty || view.AdId.IsEmpty)
            return EventDefect.MissingDimension;
        if (!IsCurrency(view.Currency, view.CostMicros))
            return EventDefect.BadCurrency;
        if (!IsVerdict((ulong)view.Verdict.Tier, (ulong)view.Verdict.Reasons))
            return EventDefect.BadVerdict;
        if (IsTooLong(view))
            return EventDefect.FieldTooLong;
        return IsUtf8(view) ? EventDefect.None : EventDefect.InvalidUtf8;
    }

    internal static EventDefect JudgeNumbers(long eventTimeMs, uint type, long costMicros)
    {
        if (eventTimeMs == 0)
            return EventDefect.MissingEventTime;
        if (eventTimeMs is < EventLimits.MinEventTimeMs or >= EventLimits.MaxEventTimeMs)
            return EventDefect.EventTimeOutOfRange;
        if (type > (uint)EventType.NonClick)
            return EventDefect.UnknownType;
        return (ulong)costMicros > EventLimits.MaxCostMicros ? EventDefect.CostOutOfRange : EventDefect.None;
    }

    /// <summary>Absent is allowed for what costs nothing; otherwise three capital letters.</summary>
    internal static bool IsCurrency(ReadOnlySpan<byte> currency, long costMicros) =>
        currency.IsEmpty
            ? costMicros == 0
            : currency.Length == 3 && !currency.ContainsAnyExceptInRange((byte)'A', (byte)'Z');

    /// <summary>A known tier; suspect and invalid have reasons, so that they can be explained, and the others have none.</summary>
    internal static bool IsVerdict(ulong tier, ulong reasons) =>
        tier <= (ulong)VerdictTier.Invalid && tier >= (ulong)VerdictTier.Suspect == (reasons != 0);

    private static bool IsTooLong(in EventView view) =>
        view.ClickId.Length > EventLimits.MaxIdBytes || view.AdvertiserId.Length > EventLimits.MaxIdBytes
        || view.CampaignId.Length > EventLimits.MaxIdBytes || view.AdGroupId.Length > EventLimits.MaxIdBytes
        || view.AdId.Length > EventLimits.MaxIdBytes || view.CreativeId.Length > EventLimits.MaxIdBytes
        || view.Device.Length > EventLimits.MaxIdBytes || view.Country.Length > EventLimits.MaxIdBytes
        || view.UserId.Length > EventLimits.MaxIdBytes || view.Ip.Length > EventLimits.MaxTextBytes
        || view.UserAgent.Length > EventLimits.MaxTextBytes || view.Referrer.Length > EventLimits.MaxTextBytes;

    // What becomes part of a row must be text; a user agent may be whatever a stranger sent.
    private static bool IsUtf8(in EventView view) =>
        Utf8.IsValid(view.AdvertiserId) && Utf8.IsValid(view.CampaignId) && Utf8.IsValid(view.AdGroupId)
        && Utf8.IsValid(view.AdId) && Utf8.IsValid(view.CreativeId) && Utf8.IsValid(view.Device) && Utf8.IsValid(view.Country);
}

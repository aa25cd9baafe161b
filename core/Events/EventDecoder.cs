using ClickFuncs.Verdicts;

namespace ClickFuncs.Events;

/// <summary>
/// Reads every field of an encoded event without copying, in any field order, and judges it. The partition processor
/// has a faster reader of the hot fields; both agree on what is valid (a property test holds them together).
/// </summary>
public static class EventDecoder
{
    /// <summary>
    /// Decodes and validates; on a defect the view holds what could be read so far. Unknown fields are kept when they
    /// lie together, as canonical writers leave them; an encoding that scatters them is <see cref="EventDefect.BadField"/>.
    /// </summary>
    public static EventDefect Decode(ReadOnlySpan<byte> bytes, out EventView view)
    {
        view = default;
        if (bytes.Length > EventLimits.MaxEventBytes)
            return EventDefect.FieldTooLong;
        var defect = Read(bytes, ref view);
        return defect != EventDefect.None ? defect : EventRules.Judge(view);
    }

    private static EventDefect Read(ReadOnlySpan<byte> bytes, ref EventView view)
    {
        var reader = new WireReader(bytes);
        var unknownStart = -1;
        var unknownEnd = -1;
        while (!reader.AtEnd)
        {
            var fieldStart = reader.Position;
            if (!reader.TryReadVarint(out var tag))
                return EventDefect.Truncated;
            if (tag is < 8 or > uint.MaxValue)
                return EventDefect.BadField;
            ulong number = 0;
            ReadOnlySpan<byte> text = default;
            var known = (uint)(tag >> 3) <= EventFields.LastField;
            if (known)
            {
                var read = (tag & 7) switch
                {
                    0 => reader.TryReadVarint(out number),
                    2 => reader.TryReadBytes(out text),
                    _ => true,
                };
                if (!read)
                    return EventDefect.Truncated;
            }

            switch ((uint)tag)
            {
                case EventFields.ClickId: view.ClickId = text; break;
                case EventFields.EventTime: view.EventTimeMs = (long)number; break;
                case EventFields.Type: view.Type = number > int.MaxValue ? (EventType)int.MaxValue : (EventType)number; break;
                case EventFields.Cost: view.CostMicros = (long)number; break;
                case EventFields.AdvertiserId: view.AdvertiserId = text; break;
                case EventFields.CampaignId: view.CampaignId = text; break;
                case EventFields.AdGroupId: view.AdGroupId = text; break;
                case EventFields.AdId: view.AdId = text; break;
                case EventFields.CreativeId: view.CreativeId = text; break;
                case EventFields.Currency: view.Currency = text; break;
                case EventFields.Device: view.Device = text; break;
                case EventFields.Country: view.Country = text; break;
                case EventFields.UserId: view.UserId = text; break;
                case EventFields.Ip: view.Ip = text; break;
                case EventFields.UserAgent: view.UserAgent = text; break;
                case EventFields.Referrer: view.Referrer = text; break;
                case EventFields.NonClickReason: view.NonClickReason = (NonClickReason)(int)number; break;
                case EventFields.RejectedInput: view.RejectedInput = text; break;
                case EventFields.RejectedReason: view.RejectedReason = text; break;
                case EventFields.VerdictTier: view.Verdict = view.Verdict with { Tier = (VerdictTier)Math.Min(number, byte.MaxValue) }; break;
                case EventFields.VerdictReasons: view.Verdict = view.Verdict with { Reasons = (VerdictReasons)number }; break;
                case EventFields.OverBudget: view.OverBudget = number != 0; break;
                default:
                    if (known)
                        return EventDefect.BadField;
                    var defect = reader.Skip((uint)tag);
                    if (defect != EventDefect.None)
                        return defect;
                    if (unknownStart < 0)
                        unknownStart = fieldStart;
                    else if (fieldStart != unknownEnd)
                        return EventDefect.BadField;
                    unknownEnd = reader.Position;
                    break;
            }
        }

        if (unknownStart >= 0)
            view.UnknownFields = bytes[unknownStart..unknownEnd];
        return EventDefect.None;
    }
}

using System.Runtime.CompilerServices;

namespace ClickFuncs.Events;

/// <summary>
/// Writes events in the canonical form of <c>ad_event.proto</c>: fields in ascending order, absent and zero ones left out,
/// unknown ones last. Allocates nothing.
/// </summary>
public static class EventEncoder
{
    /// <summary>Upper bound on the encoded size of <paramref name="view"/>, in bytes.</summary>
    public static int MaxLength(in EventView view) =>
        128 + view.ClickId.Length + view.AdvertiserId.Length + view.CampaignId.Length + view.AdGroupId.Length
        + view.AdId.Length + view.CreativeId.Length + view.Currency.Length + view.Device.Length + view.Country.Length
        + view.UserId.Length + view.Ip.Length + view.UserAgent.Length + view.Referrer.Length
        + view.RejectedInput.Length + view.RejectedReason.Length + view.UnknownFields.Length;

    /// <summary>Writes the event and returns its length. Does not judge it: a decoder does.</summary>
    /// <param name="view">The event.</param>
    /// <param name="target">At least <see cref="MaxLength"/> bytes.</param>
    public static int Encode(in EventView view, Span<byte> target)
    {
        var at = 0;
        at = Text(target, at, EventFields.ClickId, view.ClickId);
        at = Number(target, at, EventFields.EventTime, (ulong)view.EventTimeMs);
        at = Number(target, at, EventFields.Type, (ulong)view.Type);
        at = Number(target, at, EventFields.Cost, (ulong)view.CostMicros);
        at = Key(view, target, at);
        at = Text(target, at, EventFields.UserId, view.UserId);
        at = Text(target, at, EventFields.Ip, view.Ip);
        at = Text(target, at, EventFields.UserAgent, view.UserAgent);
        at = Text(target, at, EventFields.Referrer, view.Referrer);
        at = Number(target, at, EventFields.NonClickReason, (ulong)view.NonClickReason);
        at = Text(target, at, EventFields.RejectedInput, view.RejectedInput);
        at = Text(target, at, EventFields.RejectedReason, view.RejectedReason);
        at = Number(target, at, EventFields.VerdictTier, (ulong)view.Verdict.Tier);
        at = Number(target, at, EventFields.VerdictReasons, (ulong)view.Verdict.Reasons);
        at = Number(target, at, EventFields.OverBudget, view.OverBudget ? 1UL : 0);
        view.UnknownFields.CopyTo(target[at..]);
        return at + view.UnknownFields.Length;
    }

    /// <summary>Writes only the dimensions: the encoded <see cref="Windows.DimensionKey"/>. Returns its length, at most 1,040 bytes for a valid event.</summary>
    public static int EncodeKey(in EventView view, Span<byte> target) => Key(view, target, 0);

    private static int Key(in EventView view, Span<byte> target, int at)
    {
        at = Text(target, at, EventFields.AdvertiserId, view.AdvertiserId);
        at = Text(target, at, EventFields.CampaignId, view.CampaignId);
        at = Text(target, at, EventFields.AdGroupId, view.AdGroupId);
        at = Text(target, at, EventFields.AdId, view.AdId);
        at = Text(target, at, EventFields.CreativeId, view.CreativeId);
        at = Text(target, at, EventFields.Currency, view.Currency);
        at = Text(target, at, EventFields.Device, view.Device);
        return Text(target, at, EventFields.Country, view.Country);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Text(Span<byte> target, int at, uint tag, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return at;
        at = Varint(target, at, tag);
        at = Varint(target, at, (uint)value.Length);
        value.CopyTo(target[at..]);
        return at + value.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Number(Span<byte> target, int at, uint tag, ulong value) =>
        value == 0 ? at : Varint(target, Varint(target, at, tag), value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Varint(Span<byte> target, int at, ulong value)
    {
        while (value >= 0x80)
        {
            target[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[at++] = (byte)value;
        return at;
    }
}

using System.Runtime.CompilerServices;
using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Verdicts;
using ClickFuncs.Windows;

namespace ClickFuncs.Processing;

/// <summary>
/// Decodes the hot fields of canonical events in one pass. Whatever is not canonical, or breaks a rule, goes to
/// <see cref="EventDecoder"/>, which decides; so there is one judge, and this is only its fast lane.
/// </summary>
internal static class HotEventReader
{
    private const int RequiredDimensions =
        (1 << (int)(EventFields.AdvertiserId >> 3)) | (1 << (int)(EventFields.CampaignId >> 3)) | (1 << (int)(EventFields.AdId >> 3));

    /// <summary>Reads a canonical, valid event; false when only the slow lane can tell.</summary>
    /// <param name="bytes">The encoded event.</param>
    /// <param name="offset">Where it lies in the batch, added to the key's offset.</param>
    /// <param name="hot">The decoded fields.</param>
    [SkipLocalsInit]
    public static bool TryRead(ReadOnlySpan<byte> bytes, int offset, ref HotEvent hot)
    {
        // Identity, time, type, cost.
        if (bytes.Length < 32 || bytes[0] != EventFields.ClickId)
            return false;
        int idLength = bytes[1];
        if (idLength is 0 or > 127 || bytes.Length < idLength + 16)
            return false;
        var at = 2 + idLength;
        if (bytes[at++] != EventFields.EventTime || !TryReadVarint(bytes, ref at, out var time))
            return false;
        ulong type = 0, cost = 0;
        if (at < bytes.Length && bytes[at] == EventFields.Type)
        {
            at++;
            if (!TryReadVarint(bytes, ref at, out type))
                return false;
        }

        if (at < bytes.Length && bytes[at] == EventFields.Cost)
        {
            at++;
            if (!TryReadVarint(bytes, ref at, out cost))
                return false;
        }

        if (EventRules.JudgeNumbers((long)time, type > uint.MaxValue ? uint.MaxValue : (uint)type, (long)cost) != EventDefect.None)
            return false;

        // The dimensions: one run of ascending fields, which is the key as it stands.
        var keyStart = at;
        var seen = 0;
        var last = (int)EventFields.Cost >> 3;
        while (at + 1 < bytes.Length)
        {
            int tag = bytes[at];
            if (tag > EventFields.Country)
                break;
            int length = bytes[at + 1];
            var field = tag >> 3;
            if ((tag & 7) != 2 || field <= last || length is 0 or > 127 || length > bytes.Length - at - 2)
                return false;
            if (tag == EventFields.Currency && !EventRules.IsCurrency(bytes.Slice(at + 2, length), (long)cost))
                return false;
            seen |= 1 << field;
            last = field;
            at += 2 + length;
        }

        if ((seen & RequiredDimensions) != RequiredDimensions
            || (cost != 0 && (seen & (1 << (int)(EventFields.Currency >> 3))) == 0))
        {
            return false;
        }

        var key = bytes[keyStart..at];
        if (!Ascii.IsValid(key) || !IsRestCanonical(bytes, at, out var tier, out var reasons, out var isOverBudget))
            return false;

        hot.Type = (EventType)type;
        hot.Id = Fingerprint.Of(hot.Type, bytes.Slice(2, idLength));
        hot.EventTimeMs = (long)time;
        hot.CostMicros = (long)cost;
        hot.Verdict = (VerdictTier)tier;
        hot.Reason = tier == (ulong)VerdictTier.Invalid ? ReasonKey.Of((VerdictReasons)reasons) : ReasonKey.None;
        hot.IsOverBudget = isOverBudget;
        hot.KeyOffset = offset + keyStart;
        hot.KeyLength = (short)key.Length;
        hot.KeyHash = KeyHash.Of(key);
        hot.Defect = EventDefect.None;
        return true;
    }

    /// <summary>User, address, user agent, referrer and verdict, each at most once and in order, and nothing after them.</summary>
    private static bool IsRestCanonical(ReadOnlySpan<byte> bytes, int at, out ulong tier, out ulong reasons, out bool isOverBudget)
    {
        reasons = 0;
        isOverBudget = false;
        tier = 0;
        uint last = 0;
        while (at < bytes.Length)
        {
            uint tag = bytes[at++];
            if (tag >= 0x80)
            {
                if (at == bytes.Length || bytes[at] >= 0x80)
                    return false;
                tag = (tag & 0x7f) | ((uint)bytes[at++] << 7);
            }

            if (tag == EventFields.VerdictTier)
                return IsVerdictCanonical(bytes, at, out tier, out reasons, out isOverBudget);
            if (tag is not (EventFields.UserId or EventFields.Ip or EventFields.UserAgent or EventFields.Referrer) || tag <= last)
                return false;
            last = tag;
            if (!TryReadVarint(bytes, ref at, out var length) || length > (ulong)(bytes.Length - at)
                || length > (tag == EventFields.UserId ? EventLimits.MaxIdBytes : (ulong)EventLimits.MaxTextBytes))
            {
                return false;
            }

            at += (int)length;
        }

        return true;
    }

    /// <summary>The tier's value, the reasons if it has some, the mark that it was over budget, and nothing after them.</summary>
    private static bool IsVerdictCanonical(ReadOnlySpan<byte> bytes, int at, out ulong tier, out ulong reasons, out bool isOverBudget)
    {
        isOverBudget = false;
        reasons = 0;
        if (!TryReadVarint(bytes, ref at, out tier))
            return false;
        if (IsTag(bytes, at, EventFields.VerdictReasons))
        {
            at += 2;
            if (!TryReadVarint(bytes, ref at, out reasons))
                return false;
        }

        if (IsTag(bytes, at, EventFields.OverBudget))
        {
            isOverBudget = true;
            at += 2;
            if (at == bytes.Length || bytes[at++] != 1)
                return false;
        }

        return at == bytes.Length && EventRules.IsVerdict(tier, reasons);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsTag(ReadOnlySpan<byte> bytes, int at, uint tag) =>
        bytes.Length - at >= 2 && bytes[at] == (byte)(tag | 0x80) && bytes[at + 1] == tag >> 7;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadVarint(ReadOnlySpan<byte> bytes, ref int at, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 63 && at < bytes.Length; shift += 7)
        {
            var b = bytes[at++];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80)
                return true;
        }

        return false;
    }
}

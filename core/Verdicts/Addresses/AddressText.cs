using System.Buffers.Text;

namespace ClickFuncs.Verdicts.Addresses;

/// <summary>
/// Reads IP addresses without allocating, as numbers of 128 bits. An IPv4 address is its IPv4-mapped IPv6 address
/// (<c>::ffff:0:0/96</c>), so that both spellings are the same number and one table holds both families.
/// </summary>
internal static class AddressText
{
    private const int GroupCount = 8;

    /// <summary>The bits of an address that is an IPv4-mapped one and of no other.</summary>
    public static UInt128 MappedPrefix { get; } = new(0, 0xffff_0000_0000);

    /// <summary>Reads an address in the usual spellings; a zone (<c>%eth0</c>) is passed over. False when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out UInt128 address)
    {
        address = default;
        if (TryParseV4(text, out var v4))
        {
            address = MappedPrefix | v4;
            return true;
        }

        var zone = text.IndexOf((byte)'%');
        return TryParseV6(zone < 0 ? text : text[..zone], out address);
    }

    // Four decimal numbers; leading zeros are refused, as some read them as octal.
    private static bool TryParseV4(ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        for (var part = 0; part < 4; part++)
        {
            var end = part < 3 ? text.IndexOf((byte)'.') : text.Length;
            if (end is < 1 or > 3 || (end > 1 && text[0] == '0') || text[..end].ContainsAnyExceptInRange((byte)'0', (byte)'9')
                || !Utf8Parser.TryParse(text[..end], out byte number, out _))
                return false;
            address = (address << 8) | number;
            text = text[Math.Min(end + 1, text.Length)..];
        }

        return true;
    }

    private static bool TryParseV6(ReadOnlySpan<byte> text, out UInt128 address)
    {
        address = default;
        UInt128 head = 0, tail = 0;
        var gap = text.IndexOf("::"u8);
        var before = gap < 0 ? text : text[..gap];
        var after = gap < 0 ? default : text[(gap + 2)..];
        if (!TryParseGroups(before, mayEndInV4: gap < 0, ref head, out var headCount)
            || !TryParseGroups(after, mayEndInV4: true, ref tail, out var tailCount))
            return false;
        // Two colons stand for one group of zeros at least.
        if (gap < 0 ? headCount != GroupCount : headCount + tailCount >= GroupCount)
            return false;
        address = (headCount == 0 ? 0 : head << (16 * (GroupCount - headCount))) | tail;
        return true;
    }

    private static bool TryParseGroups(ReadOnlySpan<byte> text, bool mayEndInV4, ref UInt128 groups, out int count)
    {
        count = 0;
        while (!text.IsEmpty)
        {
            var colon = text.IndexOf((byte)':');
            if (colon < 0 && mayEndInV4 && TryParseV4(text, out var v4))
            {
                groups = (groups << 32) | v4;
                count += 2;
                break;
            }

            var length = colon < 0 ? text.Length : colon;
            if (length is < 1 or > 4 || !Utf8Parser.TryParse(text[..length], out ushort group, out var used, 'x') || used != length)
                return false;
            groups = (groups << 16) | group;
            count++;
            text = text[length..];
            if (text.Length == 1 || count > GroupCount)
                return false;
            text = text.IsEmpty ? text : text[1..];
        }

        return count <= GroupCount;
    }
}

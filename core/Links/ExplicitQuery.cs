using System.Diagnostics.CodeAnalysis;
using ClickFuncs.Events;

namespace ClickFuncs.Links;

/// <summary>Reads a query string in the form browsers and ad servers write it: <c>%XX</c> for bytes, <c>+</c> for a blank.</summary>
internal static class ExplicitQuery
{
    /// <summary>Bytes that all values together can take.</summary>
    public const int MaxDecodedBytes = EventLimits.MaxTextBytes + (ExplicitParameters.Count * EventLimits.MaxIdBytes);

    /// <summary>Decodes every value into <paramref name="decoded"/>. False when a parameter is missing, unknown, repeated, too long or misspelt.</summary>
    /// <param name="query">With or without the question mark.</param>
    /// <param name="decoded">At least <see cref="MaxDecodedBytes"/>.</param>
    /// <param name="slices">Where each value lies.</param>
    public static bool TryRead(ReadOnlySpan<char> query, Span<byte> decoded, out ParameterSlices slices)
    {
        slices = default;
        if (!query.IsEmpty && query[0] == '?')
            query = query[1..];
        var used = 0;
        var seen = 0;
        while (true)
        {
            var end = query.IndexOf('&');
            var pair = end < 0 ? query : query[..end];
            var equals = pair.IndexOf('=');
            if (equals < 0)
                return false;
            var parameter = ExplicitParameters.Find(pair[..equals]);
            if (parameter == ExplicitParameter.Unknown || slices[(int)parameter].Seen)
                return false;
            var limit = parameter == ExplicitParameter.RedirectUrl ? EventLimits.MaxTextBytes : EventLimits.MaxIdBytes;
            if (!TryDecode(pair[(equals + 1)..], decoded.Slice(used, limit), out var length))
                return false;
            slices[(int)parameter] = new ParameterSlice(used, length, Seen: true);
            used += length;
            seen++;
            if (end < 0)
                return seen == ExplicitParameters.Count;
            query = query[(end + 1)..];
        }
    }

    private static bool TryDecode(ReadOnlySpan<char> text, Span<byte> target, out int length)
    {
        length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (length == target.Length || c is <= ' ' or > '~')
                return false;
            if (c == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                    return false;
                target[length++] = (byte)((HexValue(text[i + 1]) << 4) | HexValue(text[i + 2]));
                i += 2;
            }
            else
            {
                target[length++] = c == '+' ? (byte)' ' : (byte)c;
            }
        }

        return true;
    }

    private static int HexValue(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

using System.Text.Unicode;
using ClickFuncs.Events;
using Microsoft.Extensions.Primitives;

namespace ClickFuncs.Api.Redirect;

/// <summary>Header values as the bytes of an event.</summary>
internal static class RequestText
{
    /// <summary>Copies a header as UTF-8, cut at the event's limit on a whole character. Repeated headers: the first.</summary>
    public static ReadOnlySpan<byte> Copy(StringValues value, Span<byte> target)
    {
        if (value.Count == 0 || value[0] is not { Length: > 0 } text)
            return default;
        Utf8.FromUtf16(text, target[..EventLimits.MaxTextBytes], out _, out var length, replaceInvalidSequences: true);
        return target[..length];
    }

    /// <summary>Copies a country of two letters in capitals; nothing when it is misspelt or one of the edge's words for unknown (XX, T1).</summary>
    public static ReadOnlySpan<byte> CopyCountry(ReadOnlySpan<char> text, Span<byte> target)
    {
        if (text.Length != 2 || !char.IsAsciiLetter(text[0]) || !char.IsAsciiLetter(text[1]))
            return default;
        target[0] = (byte)(text[0] & ~0x20);
        target[1] = (byte)(text[1] & ~0x20);
        return target[..2].SequenceEqual("XX"u8) ? default : target[..2];
    }
}

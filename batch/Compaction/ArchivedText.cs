using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ClickFuncs.Batch.Compaction;

/// <summary>
/// Text that strangers chose, as text in Parquet: ids, user agents and referrers may hold any bytes, a VARCHAR only UTF-8. What is no
/// UTF-8, and zero bytes, become <c>\xHH</c>; a backslash becomes <c>\\</c>. So different bytes stay different, and nearly all text stays as it is.
/// </summary>
internal static class ArchivedText
{
    private const byte Escape = (byte)'\\';

    /// <summary>The text to store: the bytes themselves, or their escaped form in <paramref name="scratch"/>.</summary>
    internal static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> bytes, ArrayBufferWriter<byte> scratch)
    {
        if (bytes.IndexOfAny(Escape, (byte)0) < 0 && Utf8.IsValid(bytes))
            return bytes;
        scratch.ResetWrittenCount();
        while (!bytes.IsEmpty)
        {
            var isCharacter = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done;
            if (isCharacter && rune.Value == Escape)
                scratch.Write("\\\\"u8);
            else if (isCharacter && rune.Value != 0)
                scratch.Write(bytes[..length]);
            else
                WriteHex(bytes[..length], scratch);
            bytes = bytes[length..];
        }

        return scratch.WrittenSpan;
    }

    private static void WriteHex(ReadOnlySpan<byte> bytes, ArrayBufferWriter<byte> scratch)
    {
        foreach (var b in bytes)
            scratch.Write([Escape, (byte)'x', Digit(b >> 4), Digit(b & 15)]);
    }

    private static byte Digit(int value) => (byte)"0123456789abcdef"[value];
}

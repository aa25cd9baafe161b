using System.Numerics;
using System.Runtime.InteropServices;

namespace ClickFuncs.Local.Log;

/// <summary>CRC-32C (Castagnoli), by the processor's own instruction where it has one: about 8 bytes a nanosecond.</summary>
internal static class Crc32C
{
    /// <summary>Checksum of <paramref name="bytes"/>.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            crc = BitOperations.Crc32C(crc, word);
        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
            crc = BitOperations.Crc32C(crc, rest);
        return ~crc;
    }
}

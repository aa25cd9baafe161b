using System.Buffers.Binary;
using System.Numerics;

namespace ClickFuncs.Local.State;

/// <summary>CRC-32C (Castagnoli), by the processor's own instruction where there is one.</summary>
internal static class Crc32C
{
    public const uint Seed = 0xffff_ffff;

    /// <summary>Goes on with a running value that began with <see cref="Seed"/>; invert the last one.</summary>
    public static uint Append(uint running, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            running = BitOperations.Crc32C(running, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var b in bytes)
            running = BitOperations.Crc32C(running, b);
        return running;
    }
}

using System.Buffers.Binary;
using System.Numerics;

namespace ClickFuncs.Local.Storage;

/// <summary>CRC-32C (Castagnoli), by the processor's own instruction where it has one: about 8 bytes a nanosecond.</summary>
internal static class Crc32C
{
    /// <summary>Running value to begin with.</summary>
    public const uint Seed = uint.MaxValue;

    /// <summary>Checksum of <paramref name="bytes"/>.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Append(Seed, bytes);

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

using System.Buffers.Binary;
using ClickFuncs.Local.Storage;

namespace ClickFuncs.Local.State;

/// <summary>CRC-32C of a delta and of what it is the delta of, so that a row that lies in another's place is found as well.</summary>
internal static class DeltaChecksum
{
    public static uint Of(int partition, long first, long last, ReadOnlySpan<byte> delta)
    {
        Span<byte> key = stackalloc byte[sizeof(int) + (2 * sizeof(long))];
        BinaryPrimitives.WriteInt32LittleEndian(key, partition);
        BinaryPrimitives.WriteInt64LittleEndian(key[4..], first);
        BinaryPrimitives.WriteInt64LittleEndian(key[12..], last);
        return ~Crc32C.Append(Crc32C.Append(Crc32C.Seed, key), delta);
    }
}

using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ClickFuncs.Events;

/// <summary>
/// 128-bit identity of an event: SipHash-1-3 with 128-bit output over its id, with the type in the key, so that a click
/// and an impression may share an id. It decides the partition (high bits) and membership in the dedup set, is part of
/// stored state, and so must never change. Two different ids collide with probability 2^-128 per pair.
/// </summary>
/// <remarks>Algorithm: Aumasson and Bernstein, "SipHash: a fast short-input PRF". The key is fixed: ids arrive only over
/// signed links or authenticated calls, and the same log must give the same fingerprints on every machine.</remarks>
public readonly record struct Fingerprint(ulong High, ulong Low)
{
    private const ulong Key0 = 0x636c69636b66756eUL;
    private const ulong Key1 = 0x63732e6964656e74UL;

    /// <summary>Fingerprint of the event with this type and id.</summary>
    public static Fingerprint Of(EventType type, ReadOnlySpan<byte> id)
    {
        var key1 = Key1 ^ ((ulong)type << 56);
        var v0 = 0x736f6d6570736575UL ^ Key0;
        var v1 = 0x646f72616e646f6dUL ^ key1 ^ 0xee;
        var v2 = 0x6c7967656e657261UL ^ Key0;
        var v3 = 0x7465646279746573UL ^ key1;

        var tail = (ulong)id.Length << 56;
        while (id.Length >= 8)
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(id);
            v3 ^= word;
            Round(ref v0, ref v1, ref v2, ref v3);
            v0 ^= word;
            id = id[8..];
        }

        for (var i = 0; i < id.Length; i++)
            tail |= (ulong)id[i] << (8 * i);
        v3 ^= tail;
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= tail;

        v2 ^= 0xee;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        var low = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        return new Fingerprint(v0 ^ v1 ^ v2 ^ v3, low);
    }

    /// <summary>The partition this event belongs to, so that all its duplicates meet there (R10).</summary>
    /// <param name="partitionCount">Number of partitions of the log, at least 1.</param>
    public int Partition(int partitionCount) => (int)Math.BigMul(High, (ulong)partitionCount, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}

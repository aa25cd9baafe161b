using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ClickFuncs.Privacy;

/// <summary>SipHash-2-4 with 64-bit output (Aumasson and Bernstein, "SipHash: a fast short-input PRF"): who lacks the key can neither predict nor invert it.</summary>
public static class SipHash
{
    /// <summary>The hash of a message under a key of two little-endian words.</summary>
    public static ulong Of(ulong key0, ulong key1, ReadOnlySpan<byte> message)
    {
        var v0 = key0 ^ 0x736f6d6570736575UL;
        var v1 = key1 ^ 0x646f72616e646f6dUL;
        var v2 = key0 ^ 0x6c7967656e657261UL;
        var v3 = key1 ^ 0x7465646279746573UL;
        var last = (ulong)message.Length << 56;
        while (message.Length >= 8)
        {
            Compress(ref v0, ref v1, ref v2, ref v3, BinaryPrimitives.ReadUInt64LittleEndian(message));
            message = message[8..];
        }

        for (var i = 0; i < message.Length; i++)
            last |= (ulong)message[i] << (8 * i);
        Compress(ref v0, ref v1, ref v2, ref v3, last);
        v2 ^= 0xff;
        for (var i = 0; i < 4; i++)
            Round(ref v0, ref v1, ref v2, ref v3);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compress(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3, ulong word)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
    }

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

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ClickFuncs.Windows;

/// <summary>
/// Hash of an encoded dimension key for tables in memory: folded 128-bit products, seeded per process so that nobody can
/// prepare keys that collide. Never stored; equality is always decided by the bytes.
/// </summary>
internal static class KeyHash
{
    private static readonly ulong Seed = MemoryMarshal.Read<ulong>(RandomNumberGenerator.GetBytes(8)) | 1;

    public static ulong Of(ReadOnlySpan<byte> key)
    {
        const ulong Odd0 = 0xa0761d6478bd642fUL;
        const ulong Odd1 = 0xe7037ed1a0b428dbUL;
        ref var at = ref MemoryMarshal.GetReference(key);
        var left = key.Length;
        var hash = Seed ^ ((ulong)left * Odd1);
        if (left < 16)
        {
            ulong first = 0, second = 0;
            for (var i = 0; i < left; i++)
            {
                if (i < 8)
                    first |= (ulong)key[i] << (8 * i);
                else
                    second |= (ulong)key[i] << (8 * (i - 8));
            }

            return Fold(Fold(first ^ Odd0, second ^ hash), Odd1);
        }

        while (left > 16)
        {
            hash = Fold(Read(ref at) ^ Odd0, Read(ref Unsafe.Add(ref at, 8)) ^ hash);
            at = ref Unsafe.Add(ref at, 16);
            left -= 16;
        }

        // The last 16 bytes, overlapping what was read before when the length is no multiple of 16.
        at = ref Unsafe.Add(ref at, left - 16);
        return Fold(Fold(Read(ref at) ^ Odd1, Read(ref Unsafe.Add(ref at, 8)) ^ hash), Odd0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Read(ref byte at) => Unsafe.ReadUnaligned<ulong>(ref at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}

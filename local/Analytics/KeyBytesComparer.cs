using System.Runtime.InteropServices;

namespace ClickFuncs.Local.Analytics;

/// <summary>Compares keys by their bytes, also without copying them. The hash is multiply-and-fold, seeded per process.</summary>
internal sealed class KeyBytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15UL;

    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64();

    private KeyBytesComparer()
    {
    }

    internal static KeyBytesComparer Instance { get; } = new();

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = Seed ^ (ulong)alternate.Length;
        var words = MemoryMarshal.Cast<byte, ulong>(alternate);
        foreach (var word in words)
            hash = Fold(hash ^ word);
        ulong tail = 0;
        foreach (var b in alternate[(words.Length * sizeof(ulong))..])
            tail = (tail << 8) | b;
        return (int)Fold(hash ^ tail);
    }

    private static ulong Fold(ulong value)
    {
        var high = Math.BigMul(value, Multiplier, out var low);
        return high ^ low;
    }
}

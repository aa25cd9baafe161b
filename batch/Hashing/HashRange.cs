using System.Numerics;

namespace ClickFuncs.Batch.Hashing;

/// <summary>One of 2^n equal shares of all hashes: those whose high bits are a given number. A unit of work takes one.</summary>
/// <param name="Index">Which share, from 0.</param>
/// <param name="Count">Of how many: a power of two, at most <see cref="MaxCount"/>.</param>
internal readonly record struct HashRange(int Index, int Count)
{
    internal const int MaxCount = 1 << 24;

    private int Shift => 64 - BitOperations.Log2((uint)Count);

    /// <summary>The smallest hash of the share.</summary>
    internal ulong First => Count == 1 ? 0 : (ulong)Index << Shift;

    /// <summary>The largest hash of the share.</summary>
    internal ulong Last => Count == 1 ? ulong.MaxValue : First + ((1UL << Shift) - 1);

    /// <summary>The share of <paramref name="count"/> that a hash falls into.</summary>
    internal static int IndexOf(ulong hash, int count) => count == 1 ? 0 : (int)(hash >> (64 - BitOperations.Log2((uint)count)));

    /// <summary>Whether a count is one that shares can have.</summary>
    internal static bool IsCount(int count) => count is > 0 and <= MaxCount && BitOperations.IsPow2(count);

    internal bool Intersects(HashRange other) => First <= other.Last && other.First <= Last;

    internal bool Contains(HashRange other) => First <= other.First && other.Last <= Last;

    /// <summary>Halves the share until there are <paramref name="count"/> of it.</summary>
    internal IEnumerable<HashRange> Split(int count)
    {
        var (index, total) = (Index * count, checked(Count * count));
        for (var i = 0; i < count; i++)
            yield return new HashRange(index + i, total);
    }
}

namespace ClickFuncs.Bench.Workload;

/// <summary>SplitMix64 (Steele, Lea, Flood): written out here so that a seed means the same file under every runtime.</summary>
internal struct WorkloadRandom(ulong seed, ulong stream)
{
    private ulong _state = Mix(seed) ^ Mix(~stream);

    /// <summary>The next 64 bits.</summary>
    public ulong Next() => Mix(_state += 0x9e3779b97f4a7c15);

    /// <summary>The next number from 0 to <paramref name="end"/>, exclusive.</summary>
    public int Below(int end) => (int)Math.BigMul(Next(), (ulong)end, out _);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}

using System.Numerics;

namespace ClickFuncs.Local.Load;

/// <summary>
/// Latencies in whole microseconds, log-linear: 128 steps per power of two, so a percentile reads at most 0.8 % above
/// the true value. Fixed size; recording is one increment.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int StepBits = 7;
    private const int Steps = 1 << StepBits;

    // Below 2 * Steps every value has its own slot; above, each further bit of magnitude adds Steps slots.
    private readonly long[] _counts = new long[(63 - StepBits + 1) * Steps];

    /// <summary>How many were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>The largest recorded value in microseconds, exact; 0 when empty.</summary>
    public long Max { get; private set; }

    /// <summary>Records one latency; a negative one counts as 0.</summary>
    public void Record(long micros)
    {
        micros = Math.Max(micros, 0);
        _counts[SlotOf(micros)]++;
        Count++;
        Max = Math.Max(Max, micros);
    }

    /// <summary>The smallest slot bound that at least this share of the values doesn't exceed, in microseconds; 0 when empty.</summary>
    /// <param name="perMille">1 to 1000: 500 is the median, 999 the 99.9th percentile.</param>
    public long ValueAt(int perMille)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perMille, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(perMille, 1000);
        var rank = ((Count * perMille) + 999) / 1000;
        var seen = 0L;
        for (var slot = 0; slot < _counts.Length; slot++)
        {
            seen += _counts[slot];
            if (seen >= rank)
                return Math.Min(UpperBoundOf(slot), Max);
        }

        return Max;
    }

    internal static int SlotOf(long micros)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)micros) - StepBits);
        return (shift << StepBits) + (int)(micros >> shift);
    }

    internal static long UpperBoundOf(int slot)
    {
        var shift = Math.Max(0, (slot >> StepBits) - 1);
        return ((slot - ((long)shift << StepBits) + 1) << shift) - 1;
    }
}

namespace ClickFuncs.Budgets;

/// <summary>
/// Up to which time spend is known. Now and then it is told where each partition of the log ends; once the amounts cover all these
/// ends, everything recorded until then is in them. So an idle log is fresh, and a partition that hangs is noticed at once, although it
/// reports nothing. Memory is bounded: when nothing is covered for long, samples are thinned out. Not thread-safe.
/// </summary>
public sealed class SpendFreshness
{
    private const int MaxSamples = 64;

    private readonly List<(long AtMs, long[] Next)> _samples = [];

    /// <summary>Everything recorded up to this time is in the amounts, milliseconds since the Unix epoch; <see cref="long.MinValue"/> before
    /// anything is known.</summary>
    public long AsOfMs { get; private set; } = long.MinValue;

    /// <summary>Takes in where the partitions end.</summary>
    /// <param name="atMs">A time not after the one at which they were read.</param>
    /// <param name="next">For each partition the sequence number that the next record will get.</param>
    public void Sample(long atMs, long[] next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (_samples.Count == MaxSamples)
        {
            for (var i = MaxSamples - 2; i > 0; i -= 2)
                _samples.RemoveAt(i);
        }

        _samples.Add((atMs, next));
    }

    /// <summary>Takes in what the amounts cover.</summary>
    /// <param name="covered">For each partition the last sequence number that is in the amounts.</param>
    public void Cover(ReadOnlySpan<long> covered)
    {
        var done = 0;
        while (done < _samples.Count && IsCovered(_samples[done].Next, covered))
            // Not the larger of both: after the clock was set back, trust must not last until it is there again.
            AsOfMs = _samples[done++].AtMs;
        _samples.RemoveRange(0, done);
    }

    private static bool IsCovered(long[] next, ReadOnlySpan<long> covered)
    {
        for (var partition = 0; partition < next.Length; partition++)
        {
            if (covered[partition] < next[partition] - 1)
                return false;
        }

        return true;
    }
}

namespace ClickFuncs.Budgets;

/// <summary>
/// How fast a campaign spends, in micros per second: over the last two seconds and over the last ten, whichever is more. Time is that
/// up to which spend is known, so that catching up on a backlog is not mistaken for a burst. Not thread-safe.
/// </summary>
public sealed class SpendVelocity
{
    private const long ShortMs = 2_000;
    private const long LongMs = 10_000;
    private const long SpacingMs = 200;

    private readonly Queue<(long AsOfMs, long Micros)> _samples = new();
    private (long AsOfMs, long Micros) _last = (long.MinValue, 0);

    /// <summary>The velocity as of the last observation; never negative.</summary>
    public long MicrosPerSecond { get; private set; }

    /// <summary>Takes in what was spent altogether as of a time, in milliseconds since the Unix epoch.</summary>
    public void Observe(long asOfMs, long spentMicros)
    {
        if (_last.AsOfMs == long.MinValue || asOfMs < _last.AsOfMs)
            _samples.Clear();
        if (_samples.Count == 0 || asOfMs - _last.AsOfMs >= SpacingMs)
        {
            _last = (asOfMs, spentMicros);
            _samples.Enqueue(_last);
        }

        while (_samples.Count > 1 && _samples.ElementAt(1).AsOfMs <= asOfMs - LongMs)
            _samples.Dequeue();
        MicrosPerSecond = Math.Max(Rate(asOfMs, spentMicros, ShortMs), Rate(asOfMs, spentMicros, LongMs));
    }

    private long Rate(long asOfMs, long spentMicros, long windowMs)
    {
        var start = _samples.Peek();
        foreach (var sample in _samples)
        {
            if (sample.AsOfMs > asOfMs - windowMs)
                break;
            start = sample;
        }

        // Less than a second is no measure: a single click would look like a flood.
        var spanMs = Math.Max(1_000, asOfMs - start.AsOfMs);
        var spent = Math.Max(0, spentMicros - start.Micros);
        return (long)Int128.Min(long.MaxValue, (((Int128)spent * 1_000) + spanMs - 1) / spanMs);
    }
}

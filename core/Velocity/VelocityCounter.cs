namespace ClickFuncs.Velocity;

/// <summary>
/// Counts clicks per identity in a window that slides over event time, in any order of arrival within the lateness. Exact within the resolution
/// while memory lasts; beyond its bound a count may be too low, never too high. No I/O, no clock. Not thread-safe.
/// </summary>
public sealed class VelocityCounter
{
    private readonly CountGeneration[] _generations;
    private readonly long _resolutionMs;
    private readonly int _windowSteps;
    private readonly long _latenessSteps;
    private readonly int _threshold;
    private long _newest = long.MinValue;

    /// <summary>With validated options.</summary>
    public VelocityCounter(VelocityOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _resolutionMs = (long)options.Resolution.TotalMilliseconds;
        _windowSteps = (int)(options.Window.Ticks / options.Resolution.Ticks);
        _latenessSteps = ((long)options.Lateness.TotalMilliseconds + _resolutionMs - 1) / _resolutionMs;
        _threshold = options.Threshold;
        GenerationSteps = _windowSteps + _latenessSteps + 1;
        var slots = 1 << 10;
        while (slots < 1 << 29 && CountGeneration.BytesOf(slots * 2) <= options.MemoryBytes / 2)
            slots *= 2;
        var admitAt = Math.Clamp(options.Threshold / 2, 2, 200);
        _generations = [new(slots, admitAt), new(slots, admitAt)];
    }

    /// <summary>Bytes taken now; never more than the options say.</summary>
    public long Bytes => _generations[0].Bytes + _generations[1].Bytes;

    /// <summary>Clicks that were too late to count.</summary>
    public long TooLate { get; private set; }

    /// <summary>Clicks that found no place.</summary>
    public long Uncounted { get; private set; }

    /// <summary>Clicks before this time can't change anything any more, milliseconds since the Unix epoch.</summary>
    public long HorizonMs => _newest == long.MinValue ? long.MinValue : (_newest - GenerationSteps) * _resolutionMs;

    private long GenerationSteps { get; }

    /// <summary>Counts one click; true when its identity is over the limit in a window that holds the click.</summary>
    public bool Add(ulong identity, long timeMs, out Breach breach)
    {
        breach = default;
        var step = timeMs / _resolutionMs;
        if (_newest != long.MinValue && step < _newest - _latenessSteps)
        {
            TooLate++;
            return false;
        }

        _newest = Math.Max(_newest, step);
        var number = step / GenerationSteps;
        var generation = _generations[number & 1];
        if (generation.Number != number)
            generation.Begin(number);
        if (!generation.TryAdd(identity, (int)(step - (number * GenerationSteps))))
        {
            Uncounted++;
            return false;
        }

        return IsOver(identity, step, out breach);
    }

    private bool IsOver(ulong identity, long step, out Breach breach)
    {
        // Every window that holds this click: those that end with it and up to a window's length after it.
        Span<int> counts = stackalloc int[(2 * _windowSteps) - 1];
        var first = step - _windowSteps + 1;
        counts.Clear();
        foreach (var generation in _generations)
        {
            if (generation.Number != long.MinValue)
                generation.AddTo(counts, identity, first - (generation.Number * GenerationSteps));
        }

        var (sum, from, last, peak) = (0, -1, -1, 0);
        for (var end = 0; end < counts.Length; end++)
        {
            sum += counts[end] - (end >= _windowSteps ? counts[end - _windowSteps] : 0);
            if (end < _windowSteps - 1 || counts[end] == 0 || sum <= _threshold)
                continue;
            (from, last, peak) = (from < 0 ? end : from, end, Math.Max(peak, sum));
        }

        breach = new Breach((first + from) * _resolutionMs, (first + last) * _resolutionMs, peak);
        return from >= 0;
    }
}

using ClickFuncs.Api.Metrics;

namespace ClickFuncs.Api.Alerts;

/// <summary>
/// The values of some metrics now, and as far back as somebody asks. A counter that was not there yet had the value 0. Not thread-safe.
/// </summary>
/// <param name="window">How far back is kept.</param>
internal sealed class MetricHistory(TimeSpan window)
{
    private readonly Queue<(DateTimeOffset At, IReadOnlyList<MetricSample> Samples)> _past = new();
    private DateTimeOffset _now = DateTimeOffset.MinValue;
    private IReadOnlyList<MetricSample> _newest = [];

    /// <summary>Adds the values of a moment, later than those before.</summary>
    public void Add(DateTimeOffset at, IReadOnlyList<MetricSample> samples)
    {
        (_now, _newest) = (at, samples);
        _past.Enqueue((at, samples));
        // One that is older than the window is kept: growth since then counts from it.
        while (_past.Count > 1 && _past.ElementAt(1).At <= at - window)
            _past.Dequeue();
    }

    public IEnumerable<TermValue> Now(Selector selector) =>
        _newest.Where(selector.Matches).Select(sample => new TermValue(sample.Key, sample.Value));

    public IEnumerable<TermValue> Increase(Selector selector, TimeSpan over)
    {
        var before = Before(_now - over).Where(selector.Matches).ToDictionary(sample => sample.Key, sample => sample.Value);
        return Now(selector).Select(now => now with { Value = now.Value - before.GetValueOrDefault(now.Labels) });
    }

    // The newest values that are at least as old; else the oldest there are.
    private IReadOnlyList<MetricSample> Before(DateTimeOffset time)
    {
        var found = _past.Peek().Samples;
        foreach (var (at, samples) in _past)
        {
            if (at > time)
                break;
            found = samples;
        }

        return found;
    }
}

using System.Collections.Concurrent;

namespace ClickFuncs.Api.Metrics;

/// <summary>One metric with all its series, at most as many as allowed.</summary>
internal sealed class MetricFamily
{
    private readonly ConcurrentDictionary<TagSet, MetricSeries> _series = new(TagSetComparer.Instance);
    private readonly ConcurrentDictionary<TagSet, MetricSeries>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _byTags;
    private readonly MetricSeries _overflow;
    private readonly int _maxSeries;

    public MetricFamily(string name, string help, MetricKind kind, double[] bounds, int maxSeries)
    {
        (Name, Help, Kind, Bounds, _maxSeries) = (name, help, kind, bounds, maxSeries);
        _byTags = _series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
        _overflow = new MetricSeries(new TagSet([new("otel_metric_overflow", "true")]), bounds);
    }

    public string Name { get; }

    public string Help { get; }

    public MetricKind Kind { get; }

    /// <summary>Upper bounds of a histogram's buckets, ascending.</summary>
    public double[] Bounds { get; }

    public MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_byTags.TryGetValue(tags, out var series))
            return series;
        if (_series.Count >= _maxSeries)
        {
            _series.TryAdd(_overflow.Tags, _overflow);
            return _overflow;
        }

        var set = TagSetComparer.Instance.Create(tags);
        return _series.GetOrAdd(set, key => new MetricSeries(key, Bounds));
    }

    /// <summary>Forgets series that a scrape didn't see any more, such as a partition that moved to another owner.</summary>
    public void DropUnseen(long scrape)
    {
        foreach (var (tags, series) in _series)
        {
            if (series.SeenAt != scrape)
                _series.TryRemove(tags, out _);
        }
    }

    /// <summary>Every series, in no order.</summary>
    public IEnumerable<MetricSeries> Series => _series.Values;
}

using ClickFuncs.Windows;

namespace ClickFuncs.Analytics;

/// <summary>
/// The analytics store as plainly as it can be said: a dictionary, scanned whole by every query. It is the oracle other
/// stores are tested against, and serves tests of what stands on a store; it is neither fast nor durable.
/// </summary>
/// <param name="idleTimeout">After how long without publishing a partition no longer holds the watermark back.</param>
public sealed class InMemoryAnalyticsStore(TimeSpan idleTimeout) : IAnalyticsStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(int Partition, long StartMs, DimensionKey Key), (long Version, WindowMetrics Metrics)> _rows = [];
    private readonly Dictionary<int, (long Version, PartitionFreshness Freshness)> _partitions = [];

    /// <inheritdoc/>
    public ValueTask PublishAsync(IReadOnlyList<WindowRowSet> sets, long publishedAtMs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sets);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            foreach (var set in sets)
                Publish(set, publishedAtMs);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<AnalyticsAnswer> QueryAsync(AnalyticsQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var freshness = _partitions.Values.Select(partition => partition.Freshness).ToList();
            return ValueTask.FromResult(new AnalyticsAnswer(
                CurrencyRule.Apply(Points(query)), OverallWatermark.Of(freshness, idleTimeout), OverallWatermark.AsOf(freshness)));
        }
    }

    private void Publish(WindowRowSet set, long publishedAtMs)
    {
        foreach (var row in set.Rows)
        {
            var id = (set.Partition, row.WindowStartMs, DimensionKey.Parse(set.GetKey(row)));
            if (!_rows.TryGetValue(id, out var stored) || set.Version > stored.Version)
                _rows[id] = (set.Version, row.Metrics);
        }

        if (!_partitions.TryGetValue(set.Partition, out var partition) || set.Version > partition.Version)
            _partitions[set.Partition] = (set.Version, new PartitionFreshness(set.WatermarkMs, publishedAtMs));
    }

    private List<AnalyticsPoint> Points(AnalyticsQuery query)
    {
        // Nothing is final here: the nightly recount publishes elsewhere.
        if (query.Accuracy == Accuracy.Final)
            return [];
        var points = new SortedDictionary<AnalyticsPoint, WindowMetrics>(AnalyticsPointOrder.Instance);
        foreach (var ((_, startMs, key), (_, metrics)) in _rows)
        {
            if (!Matches(query, startMs, key))
                continue;
            var group = query.GroupBy.Select(key.Value).ToArray();
            var point = new AnalyticsPoint(
                Granularities.Floor(startMs, query.Granularity.WidthMs()), group, key.Currency, default, Accuracy.Live);
            points.TryGetValue(point, out var sum);
            sum.Add(metrics);
            points[point] = sum;
        }

        return [.. points.Select(entry => entry.Key with { Metrics = entry.Value })];
    }

    private static bool Matches(AnalyticsQuery query, long startMs, DimensionKey key) =>
        startMs >= query.FromMs && startMs < query.ToMs && key.AdvertiserId == query.AdvertiserId
        && query.Filters.All(filter => filter.Value.Contains(key.Value(filter.Key)));
}

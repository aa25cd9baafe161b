using ClickFuncs.Windows;

namespace ClickFuncs.Analytics;

/// <summary>
/// The analytics store as plainly as it can be said: a dictionary, scanned whole by every query. It is the oracle other
/// stores are tested against, and serves tests of what stands on a store; it is neither fast nor durable, and keeps everything.
/// </summary>
/// <param name="idleTimeout">After how long without publishing a partition no longer holds the watermark back.</param>
public sealed partial class InMemoryAnalyticsStore(TimeSpan idleTimeout) : IAnalyticsStore, IAnalyticsTruth, IAnalyticsStaging
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, (long Version, PartitionFreshness Freshness)> _partitions = [];
    private VersionedRows _rows = new();

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
        FinalQueryRule.Check(query);
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
        _rows.Upsert(set, startMs => !IsReplaced(set, startMs));
        if (!_partitions.TryGetValue(set.Partition, out var partition) || set.Version > partition.Version)
            _partitions[set.Partition] = (set.Version, new PartitionFreshness(set.WatermarkMs, publishedAtMs));
    }

    private List<AnalyticsPoint> Points(AnalyticsQuery query)
    {
        var points = new SortedDictionary<AnalyticsPoint, WindowMetrics>(AnalyticsPointOrder.Instance);
        foreach (var row in _rows.Sum(Granularity.Minute))
        {
            if (query.Accuracy != Accuracy.Final && !IsFinal(query, Granularities.Floor(row.StartMs, Granularities.HourMs)))
                Add(points, query, row);
        }

        foreach (var row in _finalDays.Values.SelectMany(day => day.Rows))
        {
            if (IsFinal(query, row.StartMs))
                Add(points, query, row);
        }

        return [.. points.Select(entry => entry.Key with { Metrics = entry.Value, Accuracy = AccuracyAt(query, entry.Key.StartMs) })];
    }

    private static void Add(SortedDictionary<AnalyticsPoint, WindowMetrics> points, AnalyticsQuery query, in AnalyticsRow row)
    {
        if (!Matches(query, row.StartMs, row.Key))
            return;
        var group = query.GroupBy.Select(row.Key.Value).ToArray();
        var start = Granularities.Floor(row.StartMs, query.Granularity.WidthMs());
        var point = new AnalyticsPoint(start, group, row.Key.Currency, default, default);
        points.TryGetValue(point, out var sum);
        sum.Add(row.Metrics);
        points[point] = sum;
    }

    private static bool Matches(AnalyticsQuery query, long startMs, DimensionKey key) =>
        startMs >= query.FromMs && startMs < query.ToMs && key.AdvertiserId == query.AdvertiserId
        && query.Filters.All(filter => filter.Value.Contains(key.Value(filter.Key)));
}

using ClickFuncs.Windows;

namespace ClickFuncs.Analytics;

/// <summary>Window rows as the in-memory store keeps them: for each partition, window and key the highest version seen.</summary>
internal sealed class VersionedRows
{
    private readonly Dictionary<(int Partition, long StartMs, DimensionKey Key), (long Version, WindowMetrics Metrics)> _rows = [];

    /// <summary>The highest version of a set per partition, of sets without rows too.</summary>
    internal Dictionary<int, long> Positions { get; } = [];

    /// <summary>Adds the rows of a set whose windows are accepted, unless a version as high is there.</summary>
    internal void Upsert(WindowRowSet set, Func<long, bool> accepts)
    {
        Positions[set.Partition] = Math.Max(set.Version, Positions.GetValueOrDefault(set.Partition, -1));
        foreach (var row in set.Rows)
        {
            var id = (set.Partition, row.WindowStartMs, DimensionKey.Parse(set.GetKey(row)));
            if (accepts(row.WindowStartMs) && (!_rows.TryGetValue(id, out var stored) || set.Version > stored.Version))
                _rows[id] = (set.Version, row.Metrics);
        }
    }

    /// <summary>These rows with those of a range taken from others.</summary>
    internal VersionedRows Replace(long fromMs, long toMs, VersionedRows others)
    {
        var result = new VersionedRows();
        foreach (var (id, row) in _rows.Where(row => row.Key.StartMs < fromMs || row.Key.StartMs >= toMs)
            .Concat(others._rows.Where(row => row.Key.StartMs >= fromMs && row.Key.StartMs < toMs)))
        {
            result._rows.Add(id, row);
        }

        return result;
    }

    /// <summary>The counts per span and key, over partitions.</summary>
    internal List<AnalyticsRow> Sum(Granularity width)
    {
        var sums = new Dictionary<(long StartMs, DimensionKey Key), WindowMetrics>();
        foreach (var ((_, startMs, key), (_, metrics)) in _rows)
        {
            var span = (Granularities.Floor(startMs, width.WidthMs()), key);
            sums.TryGetValue(span, out var sum);
            sum.Add(metrics);
            sums[span] = sum;
        }

        return [.. sums.Select(sum => new AnalyticsRow(sum.Key.StartMs, sum.Key.Key, sum.Value))];
    }
}

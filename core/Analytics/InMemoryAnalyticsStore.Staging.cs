using System.Runtime.CompilerServices;
using ClickFuncs.Windows;

namespace ClickFuncs.Analytics;

public sealed partial class InMemoryAnalyticsStore
{
    private readonly SortedDictionary<string, VersionedRows> _areas = new(StringComparer.Ordinal);
    private readonly HashSet<(string Area, long FromMs, long ToMs)> _applied = [];
    private readonly List<(long FromMs, long ToMs, Dictionary<int, long> Versions)> _replaced = [];

    /// <inheritdoc/>
    public ValueTask StageAsync(string area, IReadOnlyList<WindowRowSet> sets, CancellationToken cancellationToken)
    {
        StagingAreaName.Check(area);
        ArgumentNullException.ThrowIfNull(sets);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_areas.TryGetValue(area, out var rows))
                _areas.Add(area, rows = new VersionedRows());
            foreach (var set in sets)
                rows.Upsert(set, _ => true);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<StagedDifference>> CompareAsync(
        string area, long fromMs, long toMs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HourRange.Check(fromMs, toMs);
        List<StagedDifference> differences;
        lock (_lock)
            differences = Differences(Area(area), fromMs, toMs);
        foreach (var batch in differences.Chunk(3))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.CompletedTask;
            yield return batch;
        }
    }

    /// <inheritdoc/>
    public ValueTask ApplyAsync(string area, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        HourRange.Check(fromMs, toMs);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_applied.Contains((area, fromMs, toMs)) && !_areas.ContainsKey(area))
                return ValueTask.CompletedTask;
            var staged = Area(area);
            _rows = _rows.Replace(fromMs, toMs, staged);
            _replaced.Add((fromMs, toMs, staged.Positions));
            _replaced.Add((fromMs, toMs, _partitions.ToDictionary(partition => partition.Key, partition => partition.Value.Version)));
            _areas.Remove(area);
            _applied.Add((area, fromMs, toMs));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DiscardAsync(string area, CancellationToken cancellationToken)
    {
        lock (_lock)
            _areas.Remove(area);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListAreasAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult<IReadOnlyList<string>>([.. _areas.Keys]);
    }

    private VersionedRows Area(string area) => _areas.TryGetValue(area, out var rows) ? rows : throw new StagingAreaMissingException(area);

    private bool IsReplaced(WindowRowSet set, long startMs) => _replaced.Any(
        range => startMs >= range.FromMs && startMs < range.ToMs && range.Versions.TryGetValue(set.Partition, out var version) && set.Version <= version);

    private List<StagedDifference> Differences(VersionedRows staged, long fromMs, long toMs)
    {
        var left = _rows.Sum(Granularity.Minute).ToDictionary(row => (row.StartMs, row.Key), row => row.Metrics);
        var right = staged.Sum(Granularity.Minute).ToDictionary(row => (row.StartMs, row.Key), row => row.Metrics);
        return
        [
            .. left.Keys.Union(right.Keys)
                .Where(id => id.StartMs >= fromMs && id.StartMs < toMs && left.GetValueOrDefault(id) != right.GetValueOrDefault(id))
                .Select(id => new StagedDifference(id.StartMs, id.Key, left.GetValueOrDefault(id), right.GetValueOrDefault(id))),
        ];
    }
}

using ClickFuncs.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>The least an analytics store can be: per partition, window and key the row with the highest version.</summary>
internal class RowTable : IAnalyticsStore
{
    /// <summary>What is visible.</summary>
    public Dictionary<(int Partition, long StartMs, DimensionKey Key), (long Version, WindowMetrics Metrics)> Rows { get; } = [];

    /// <inheritdoc/>
    public ValueTask PublishAsync(IReadOnlyList<WindowRowSet> sets, long publishedAtMs, CancellationToken cancellationToken)
    {
        foreach (var set in sets)
        {
            foreach (var row in set.Rows)
                Upsert((set.Partition, row.WindowStartMs, DimensionKey.Parse(set.GetKey(row))), set.Version, row.Metrics);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<AnalyticsAnswer> QueryAsync(AnalyticsQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The simulation looks at the rows themselves.");

    /// <summary>Takes one row.</summary>
    protected virtual void Upsert((int Partition, long StartMs, DimensionKey Key) id, long version, in WindowMetrics metrics)
    {
        if (!Rows.TryGetValue(id, out var stored) || version > stored.Version)
            Rows[id] = (version, metrics);
    }
}

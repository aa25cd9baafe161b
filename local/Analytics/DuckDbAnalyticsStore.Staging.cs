using System.Runtime.CompilerServices;
using ClickFuncs.Analytics;
using ClickFuncs.Local.Analytics.Staging;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Analytics;

internal sealed partial class DuckDbAnalyticsStore
{
    /// <inheritdoc/>
    public async ValueTask StageAsync(string area, IReadOnlyList<WindowRowSet> sets, CancellationToken cancellationToken)
    {
        StagingAreaName.Check(area);
        await _connections.WriteAsync(connection => _staging.Add(connection, area, sets, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<StagedDifference>> CompareAsync(
        string area, long fromMs, long toMs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HourRange.Check(fromMs, toMs);
        var range = new TimeRange(fromMs, toMs);
        await RestoreForBackfillAsync(area, range, cancellationToken);
        var batches = _connections.StreamAsync(connection => Comparison.Read(connection, area, range, _names), cancellationToken);
        await foreach (var batch in batches.WithCancellation(cancellationToken))
            yield return batch;
    }

    /// <inheritdoc/>
    public async ValueTask ApplyAsync(string area, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        HourRange.Check(fromMs, toMs);
        var range = new TimeRange(fromMs, toMs);
        await RestoreForBackfillAsync(area, range, cancellationToken);
        if (await _connections.WriteAsync(connection => RangeSwap.Run(connection, area, range), cancellationToken))
            LogApplied(area, fromMs, toMs);
    }

    /// <inheritdoc/>
    public async ValueTask DiscardAsync(string area, CancellationToken cancellationToken) =>
        await _connections.WriteAsync(
            connection =>
            {
                using var transaction = connection.BeginTransaction();
                if (StagingAreas.Find(connection, area) is { } staged)
                    StagingAreas.Drop(connection, staged);
                transaction.Commit();
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ListAreasAsync(CancellationToken cancellationToken) =>
        await _connections.ReadAsync(StagingAreas.List, cancellationToken);

    // While an area exists no month moves to the lake, so what is taken back here stays until the area is applied or dropped.
    private async Task RestoreForBackfillAsync(string area, TimeRange range, CancellationToken cancellationToken)
    {
        await _rewriting.WaitAsync(cancellationToken);
        try
        {
            if (await _connections.ReadAsync(connection => StagingAreas.Find(connection, area), cancellationToken) is not null)
                await RestoreAsync(range, cancellationToken);
        }
        finally
        {
            _rewriting.Release();
        }
    }
}

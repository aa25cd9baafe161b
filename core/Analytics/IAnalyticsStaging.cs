using ClickFuncs.Windows;

namespace ClickFuncs.Analytics;

/// <summary>
/// Port: a place beside the published rows where a backfill (R30) puts what it counts, to be compared and then swapped in or
/// thrown away. Nothing staged is visible to queries. Implemented by the same stores as <see cref="IAnalyticsStore"/>.
/// </summary>
public interface IAnalyticsStaging
{
    /// <summary>Adds rows to a staging area, which it makes if need be. Upserts like <see cref="IAnalyticsStore.PublishAsync"/>: repeating is harmless.</summary>
    ValueTask StageAsync(string area, IReadOnlyList<WindowRowSet> sets, CancellationToken cancellationToken);

    /// <summary>
    /// The windows of a range in which staged and published counts differ, summed over partitions, in batches. A row that one
    /// side lacks counts as zero there.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<StagedDifference>> CompareAsync(string area, long fromMs, long toMs, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the published live rows of a range with the staged ones and drops the area, in one step: queries see all of it
    /// or nothing, in every granularity. Final rows stay. Repeating it after it succeeded changes nothing.
    /// </summary>
    /// <param name="area">The staging area.</param>
    /// <param name="fromMs">Start of the range, whole hours.</param>
    /// <param name="toMs">End of the range, exclusive, whole hours.</param>
    /// <param name="cancellationToken">Stops before the swap.</param>
    ValueTask ApplyAsync(string area, long fromMs, long toMs, CancellationToken cancellationToken);

    /// <summary>Drops a staging area; one that is not there is fine.</summary>
    ValueTask DiscardAsync(string area, CancellationToken cancellationToken);

    /// <summary>The staging areas there are.</summary>
    ValueTask<IReadOnlyList<string>> ListAreasAsync(CancellationToken cancellationToken);
}

/// <summary>One minute and key on which a backfill and the published counts disagree.</summary>
/// <param name="StartMs">Start of the minute.</param>
/// <param name="Key">Its dimensions.</param>
/// <param name="Published">What queries answer with now.</param>
/// <param name="Staged">What the backfill counted.</param>
public readonly record struct StagedDifference(long StartMs, DimensionKey Key, WindowMetrics Published, WindowMetrics Staged);

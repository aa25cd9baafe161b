using ClickFuncs.Windows;

namespace ClickFuncs.Analytics;

/// <summary>
/// Port: a place beside the published rows where a backfill (R30) puts what it counts, to be compared and then swapped in or
/// thrown away. Nothing staged is visible to queries. Implemented by the same stores as <see cref="IAnalyticsStore"/>.
/// </summary>
/// <remarks>
/// Versions of staged rows are positions of the same log as those of published rows, so the two compare; and the version of
/// a staged set, with rows or without, says how far the backfill has read its partition. Applying a range remembers, per
/// partition, the higher of that and of what is published: whatever the stream publishes of the range up to there is replaced,
/// also if it comes again after a crash, or only afterwards, and also where the backfill found no row. A version beyond
/// is a correction by an event that neither knew; it wins.
/// </remarks>
public interface IAnalyticsStaging
{
    /// <summary>Adds rows to a staging area, which it makes if need be, with no rows too. Upserts like <see cref="IAnalyticsStore.PublishAsync"/>: repeating is harmless.</summary>
    /// <param name="area">Its name, see <see cref="StagingAreaName"/>.</param>
    /// <param name="sets">Row sets; borrowed until the call completes.</param>
    /// <param name="cancellationToken">Stops before anything is staged.</param>
    ValueTask StageAsync(string area, IReadOnlyList<WindowRowSet> sets, CancellationToken cancellationToken);

    /// <summary>
    /// The windows of a range in which staged and published counts differ, summed over partitions, in batches, in no
    /// particular order. A row that one side lacks counts as zero there. Where the minutes are no longer kept hours are
    /// compared, and where those are gone days.
    /// </summary>
    /// <exception cref="ArgumentException">The range is not whole hours.</exception>
    /// <exception cref="StagingAreaMissingException">There is no such area.</exception>
    /// <exception cref="AnalyticsExpiredException">The range cuts through a day of which the hours are no longer kept.</exception>
    IAsyncEnumerable<IReadOnlyList<StagedDifference>> CompareAsync(string area, long fromMs, long toMs, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the published live rows of a range with the staged ones and drops the area, in one step: queries see all of it
    /// or nothing, in every granularity. Final rows stay. Staged rows outside the range are dropped. Repeating it after it
    /// succeeded changes nothing.
    /// </summary>
    /// <param name="area">The staging area.</param>
    /// <param name="fromMs">Start of the range, whole hours; whole days where hours are no longer kept.</param>
    /// <param name="toMs">End of the range, exclusive, likewise.</param>
    /// <param name="cancellationToken">Stops before the swap.</param>
    /// <exception cref="ArgumentException">The range is not whole hours.</exception>
    /// <exception cref="StagingAreaMissingException">There is no such area, and it was not applied to this range either.</exception>
    /// <exception cref="AnalyticsExpiredException">The range cuts through a day of which the hours are no longer kept.</exception>
    ValueTask ApplyAsync(string area, long fromMs, long toMs, CancellationToken cancellationToken);

    /// <summary>Drops a staging area; one that is not there is fine.</summary>
    ValueTask DiscardAsync(string area, CancellationToken cancellationToken);

    /// <summary>The staging areas there are, ascending (ordinal).</summary>
    ValueTask<IReadOnlyList<string>> ListAreasAsync(CancellationToken cancellationToken);
}

/// <summary>One span and key on which a backfill and the published counts disagree.</summary>
/// <param name="StartMs">Start of the span, milliseconds since the Unix epoch.</param>
/// <param name="Key">Its dimensions.</param>
/// <param name="Published">What the stream's rows say now.</param>
/// <param name="Staged">What the backfill counted.</param>
public readonly record struct StagedDifference(long StartMs, DimensionKey Key, WindowMetrics Published, WindowMetrics Staged)
{
    /// <summary>Width of the span: a minute, or an hour or a day where nothing finer is kept.</summary>
    public Granularity Width { get; init; } = Granularity.Minute;
}

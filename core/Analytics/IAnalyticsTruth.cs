namespace ClickFuncs.Analytics;

/// <summary>
/// Port: the analytics store as the nightly close sees it. It reads what the stream counted and publishes the recount, which
/// queries prefer from then on (R33). Implemented by the same stores as <see cref="IAnalyticsStore"/>.
/// </summary>
public interface IAnalyticsTruth
{
    /// <summary>
    /// What the stream counted in a range of whole hours, per hour and full key, over all advertisers and partitions: the
    /// highest version of each row. In batches, in no particular order, all as of the same moment, and so are the versions they
    /// name: whoever compares with the log knows which records are in these numbers. At least one batch, if need be without rows.
    /// </summary>
    /// <exception cref="ArgumentException">The range is not whole hours.</exception>
    /// <exception cref="AnalyticsExpiredException">The hours of the range are no longer kept.</exception>
    IAsyncEnumerable<StreamHoursBatch> ReadStreamHoursAsync(long fromMs, long toMs, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the final rows of a day, all or nothing: a query sees the old ones or the new ones. A revision at or below the
    /// one that is there changes nothing, so that it can be repeated after a crash. A day without rows is final too: nothing
    /// happened.
    /// </summary>
    /// <param name="dayStartMs">Midnight UTC, milliseconds since the Unix epoch.</param>
    /// <param name="revision">Counts the closes of the day, from 1.</param>
    /// <param name="rows">Rows per hour of the day and full key, in batches; each pair at most once.</param>
    /// <param name="cancellationToken">Stops before the new rows are visible.</param>
    /// <exception cref="ArgumentException">That is no midnight, no revision, or a row lies outside the day, off the hour, or
    /// comes twice. Nothing was changed.</exception>
    ValueTask PublishFinalAsync(
        long dayStartMs, int revision, IAsyncEnumerable<IReadOnlyList<AnalyticsRow>> rows, CancellationToken cancellationToken);

    /// <summary>The days that have final rows, with their revision, ascending.</summary>
    ValueTask<IReadOnlyList<FinalDay>> ListFinalDaysAsync(CancellationToken cancellationToken);
}

/// <summary>A day whose numbers are final.</summary>
/// <param name="DayStartMs">Midnight UTC, milliseconds since the Unix epoch.</param>
/// <param name="Revision">How often it has been closed with a new result.</param>
public readonly record struct FinalDay(long DayStartMs, int Revision);

namespace ClickFuncs.Analytics.Late;

/// <summary>Port: the clicks that came too late for the stream, which no live number holds. The night counts them.</summary>
public interface ILateClicks
{
    /// <summary>Late clicks of the query's advertiser, range and filters by UTC day (its start, milliseconds since the Unix epoch), each click once.</summary>
    /// <returns>The days that have some; null when it can't be said now, or not for such a filter.</returns>
    ValueTask<IReadOnlyDictionary<long, long>?> CountByDayAsync(AnalyticsQuery query, CancellationToken cancellationToken);
}

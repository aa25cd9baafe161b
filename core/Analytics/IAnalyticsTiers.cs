namespace ClickFuncs.Analytics;

/// <summary>
/// Port: the tiers of an analytics store (R34), moved on in steps. A step is all or nothing, changes no total, and can be repeated; whoever
/// is killed between two asks for the next one. Implemented by the same stores as <see cref="IAnalyticsStore"/>.
/// </summary>
public interface IAnalyticsTiers
{
    /// <summary>The watermark of the partition that has published furthest, milliseconds since the Unix epoch; null before the first event.</summary>
    ValueTask<long?> FindNewestWatermarkAsync(CancellationToken cancellationToken);

    /// <summary>Sums up one day's worth of what ended by a time, minutes to hours and hours to days; what was corrected since it was summed comes first.</summary>
    /// <param name="throughMs">Milliseconds since the Unix epoch; a time before which few corrections are to be expected: watermark minus allowed lateness.</param>
    /// <param name="cancellationToken">Stops before the step is done.</param>
    /// <returns>Whether there may be more to do.</returns>
    ValueTask<bool> RollUpNextAsync(long throughMs, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes one day of minutes or hours that have served their time, are summed up and can't be corrected any more, or else moves one
    /// month of old days to the lake. What needs finer rows than are left is refused from then on.
    /// </summary>
    /// <param name="allowedLateness">How long after a window its partition may still correct it.</param>
    /// <param name="cancellationToken">Stops before the step is done.</param>
    /// <returns>Whether there may be more to do.</returns>
    ValueTask<bool> RetainNextAsync(TimeSpan allowedLateness, CancellationToken cancellationToken);
}

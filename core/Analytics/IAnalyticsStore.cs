using ClickFuncs.Windows;

namespace ClickFuncs.Analytics;

/// <summary>
/// Port: versioned window rows in, answers out. For each partition, window and key the highest version wins, whatever
/// the order or repetition of publishing (R15). Embedded: DuckDB. Azure: Kusto.
/// </summary>
public interface IAnalyticsStore
{
    /// <summary>Upserts the rows of several commits, durably and all or nothing.</summary>
    /// <param name="sets">Row sets; borrowed until the call completes.</param>
    /// <param name="publishedAtMs">Time of publishing, milliseconds since the Unix epoch: becomes the answer's as-of time.</param>
    /// <param name="cancellationToken">Cancels before the rows are durable; afterwards publishing again is harmless.</param>
    ValueTask PublishAsync(IReadOnlyList<WindowRowSet> sets, long publishedAtMs, CancellationToken cancellationToken);

    /// <summary>
    /// Answers a query from the coarsest tables that hold the range. Days that are final answer with their final rows unless
    /// live ones are asked for; a point is final if every hour of it that lies in the range is.
    /// </summary>
    /// <exception cref="AnalyticsLimitException">The answer would be too large.</exception>
    /// <exception cref="AnalyticsExpiredException">It would take finer rows than are kept of that time.</exception>
    /// <exception cref="AnalyticsQueryException">Final rows are asked for what they don't have, see <see cref="FinalQueryRule"/>.</exception>
    ValueTask<AnalyticsAnswer> QueryAsync(AnalyticsQuery query, CancellationToken cancellationToken);
}

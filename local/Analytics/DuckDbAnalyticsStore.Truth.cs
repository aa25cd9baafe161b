using System.Globalization;
using ClickFuncs.Analytics;
using ClickFuncs.Local.Analytics.Final;

namespace ClickFuncs.Local.Analytics;

internal sealed partial class DuckDbAnalyticsStore
{
    /// <inheritdoc/>
    public IAsyncEnumerable<StreamHoursBatch> ReadStreamHoursAsync(long fromMs, long toMs, CancellationToken cancellationToken)
    {
        HourRange.Check(fromMs, toMs);
        var range = new TimeRange(fromMs, toMs);
        return _connections.StreamAsync(connection => StreamHours.Read(connection, range, _names), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask PublishFinalAsync(
        long dayStartMs, int revision, IAsyncEnumerable<IReadOnlyList<AnalyticsRow>> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        FinalDayRule.Check(dayStartMs, revision);
        await _rewriting.WaitAsync(cancellationToken);
        try
        {
            var there = await _connections.ReadAsync(connection => FinalDayTable.Revision(connection, dayStartMs), cancellationToken);
            if (there >= revision)
                return;
            await RestoreAsync(new TimeRange(dayStartMs, dayStartMs + Granularities.DayMs), cancellationToken);
            var total = await SwapFinalAsync(new FinalPublishing(_names, new FinalDay(dayStartMs, revision)), rows, cancellationToken);
            LogFinal(
                DateTimeOffset.FromUnixTimeMilliseconds(dayStartMs).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), revision, total);
        }
        finally
        {
            _rewriting.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<FinalDay>> ListFinalDaysAsync(CancellationToken cancellationToken) =>
        await _connections.ReadAsync(FinalDayTable.Read, cancellationToken);

    private async Task<long> SwapFinalAsync(
        FinalPublishing publishing, IAsyncEnumerable<IReadOnlyList<AnalyticsRow>> rows, CancellationToken cancellationToken)
    {
        var total = 0L;
        await _connections.WriteAsync(FinalPublishing.Begin, cancellationToken);
        try
        {
            await foreach (var batch in rows.WithCancellation(cancellationToken))
            {
                await _connections.WriteAsync(connection => publishing.Gather(connection, batch), cancellationToken);
                total += batch.Count;
            }

            await _connections.WriteAsync(publishing.Swap, cancellationToken);
            return total;
        }
        finally
        {
            // Also after a failure: what was gathered takes memory.
            await _connections.WriteAsync(FinalPublishing.End, CancellationToken.None);
        }
    }
}

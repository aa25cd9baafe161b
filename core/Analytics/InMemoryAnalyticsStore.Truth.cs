using System.Runtime.CompilerServices;

namespace ClickFuncs.Analytics;

public sealed partial class InMemoryAnalyticsStore
{
    private readonly SortedDictionary<long, (int Revision, List<AnalyticsRow> Rows)> _finalDays = [];

    /// <inheritdoc/>
    public async IAsyncEnumerable<StreamHoursBatch> ReadStreamHoursAsync(
        long fromMs, long toMs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HourRange.Check(fromMs, toMs);
        List<AnalyticsRow> rows;
        Dictionary<int, long> versions;
        lock (_lock)
        {
            rows = [.. _rows.Sum(Granularity.Hour).Where(row => row.StartMs >= fromMs && row.StartMs < toMs)];
            versions = _partitions.ToDictionary(partition => partition.Key, partition => partition.Value.Version);
        }

        foreach (var batch in rows.Chunk(3).DefaultIfEmpty([]))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.CompletedTask;
            yield return new StreamHoursBatch(versions, batch);
        }
    }

    /// <inheritdoc/>
    public async ValueTask PublishFinalAsync(
        long dayStartMs, int revision, IAsyncEnumerable<IReadOnlyList<AnalyticsRow>> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        FinalDayRule.Check(dayStartMs, revision);
        var all = new List<AnalyticsRow>();
        await foreach (var batch in rows.WithCancellation(cancellationToken))
            all.AddRange(batch);
        foreach (var row in all)
            FinalDayRule.CheckHour(dayStartMs, row.StartMs);
        if (all.DistinctBy(row => (row.StartMs, row.Key)).Count() < all.Count)
            throw FinalDayRule.Repeated(dayStartMs);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_finalDays.TryGetValue(dayStartMs, out var there) || there.Revision < revision)
                _finalDays[dayStartMs] = (revision, all);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FinalDay>> ListFinalDaysAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult<IReadOnlyList<FinalDay>>([.. _finalDays.Select(day => new FinalDay(day.Key, day.Value.Revision))]);
    }

    // Final rows answer for an hour of a final day whose every minute is asked for, unless minutes or live counts are.
    private bool IsFinal(AnalyticsQuery query, long hourStartMs) =>
        query.Accuracy != Accuracy.Live && query.Granularity != Granularity.Minute
        && hourStartMs >= query.FromMs && hourStartMs + Granularities.HourMs - Granularities.MinuteMs < query.ToMs
        && _finalDays.ContainsKey(Granularities.Floor(hourStartMs, Granularities.DayMs));

    private Accuracy AccuracyAt(AnalyticsQuery query, long pointStartMs)
    {
        var end = pointStartMs + query.Granularity.WidthMs();
        for (var minute = pointStartMs; minute < end; minute += Granularities.MinuteMs)
        {
            if (minute >= query.FromMs && minute < query.ToMs && !IsFinal(query, Granularities.Floor(minute, Granularities.HourMs)))
                return Accuracy.Live;
        }

        return Accuracy.Final;
    }
}

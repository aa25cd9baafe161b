using System.Globalization;
using ClickFuncs.Analytics;

namespace ClickFuncs.Functions.Kusto;

/// <summary>
/// The tiers (R34). Sums are added as rows of a run that nobody looks at, then a mark says that they stand for the hour or day: one row, or the marks of
/// a day's hours together in one ingestion. A sum is good as long as its hour was not touched more often than when the summing began, and no backfill was
/// applied to it since.
/// </summary>
public sealed partial class KustoAnalytics
{
    private const string HourMark = "hour";
    private const string DayMark = "day";

    /// <inheritdoc/>
    public async ValueTask<long?> FindNewestWatermarkAsync(CancellationToken cancellationToken) =>
        await ReadWatermarksAsync(cancellationToken) is { Count: > 0 } watermarks ? watermarks.Max() : null;

    /// <inheritdoc/>
    /// <remarks>Corrected hours come first, then hours of the oldest day, then days. Of two runs at once the later mark counts, and both are right.</remarks>
    public async ValueTask<bool> RollUpNextAsync(long throughMs, CancellationToken cancellationToken)
    {
        var state = await ReadTiersAsync(cancellationToken);
        var hours = state.HoursToSum(throughMs);
        if (hours.Count > 0)
            await SumHoursAsync(hours, state, cancellationToken);
        else if (state.DayToSum(throughMs) is { } day)
            await SumDayAsync(day, state, cancellationToken);
        else
            return false;
        return true;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Nothing is deleted here. A mark says from when on finer rows are asked; the schema's retention policies delete them much later. Days
    /// stay in the database, of which only the newer part is held in memory: nothing moves to the lake.
    /// </remarks>
    public async ValueTask<bool> RetainNextAsync(TimeSpan allowedLateness, CancellationToken cancellationToken)
    {
        if (await ReadWatermarksAsync(cancellationToken) is not { Count: > 0 } watermarks)
            return false;
        var state = await ReadTiersAsync(cancellationToken);
        // A partition that lags behind may still correct its windows: the slowest decides.
        var due = Math.Min(watermarks.Max() - (options.MinuteDays * Granularities.DayMs), watermarks.Min() + 1 - (long)allowedLateness.TotalMilliseconds);
        var minutes = state.MinutesDone(due);
        if (minutes > state.Kept.MinutesMs)
        {
            await MarkAsync([MarkLine("minutes_kept", minutes, state.Sequence + 1, "")], cancellationToken);
            return true;
        }

        var hours = state.HoursDone(watermarks.Max() - (options.HourDays * Granularities.DayMs));
        if (hours <= state.Kept.HoursMs)
            return false;
        await MarkAsync([MarkLine("hours_kept", hours, state.Sequence + 1, "")], cancellationToken);
        return true;
    }

    /// <summary>From when on minutes and hours are kept.</summary>
    internal async Task<KeptFrom> ReadKeptAsync(CancellationToken cancellationToken) => (await ReadTiersAsync(cancellationToken)).Kept;

    private async Task SumHoursAsync(IReadOnlyList<DirtyHour> hours, TierState state, CancellationToken cancellationToken)
    {
        var (run, day) = ($"{Guid.NewGuid():N}", Granularities.Floor(hours[0].StartMs, Granularities.DayMs));
        for (var slice = 0; slice < options.Slices; slice++)
        {
            var query = new KustoQuery("StreamHours").WithTime("start", day).WithTime("end", day + Granularities.DayMs).WithTime("minutesKept", state.Kept.MinutesMs)
                .WithNumbers("hours", hours.Select(hour => hour.StartMs)).WithNone("versions").WithNone("runs");
            await AddSumsAsync("HourRows", run, query, slice, cancellationToken);
        }

        await MarkAsync([.. hours.Select(hour => MarkLine(HourMark, hour.StartMs, state.Sequence + 1, run, hour.Touches, hour.Swaps))], cancellationToken);
    }

    private async Task SumDayAsync(long day, TierState state, CancellationToken cancellationToken)
    {
        var run = $"{Guid.NewGuid():N}";
        for (var slice = 0; slice < options.Slices; slice++)
            await AddSumsAsync("DayRows", run, new KustoQuery("DaySums").WithTime("day", day), slice, cancellationToken);

        // As of the hours it was made of: one that another run has summed meanwhile has a higher number.
        await MarkAsync([MarkLine(DayMark, day, state.Sequence, run)], cancellationToken);
    }

    private async Task AddSumsAsync(string table, string run, KustoQuery query, int slice, CancellationToken cancellationToken)
    {
        var rows = (await AskSliceAsync(query, slice, cancellationToken)).Select(RowOf);
        await IngestAsync(table, rows.Select(row => $"{run},{KustoText.Time(row.StartMs)},{KustoRows.Columns(row.Key, row.Metrics)}\n"), cancellationToken);
    }

    // In one ingestion, which is all or nothing.
    private Task MarkAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken) => kusto.IngestAsync("Marks", string.Concat(lines), cancellationToken);

    private static string MarkLine(string kind, long startMs, long sequence, string run, long touches = 0, long swaps = 0) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind},{KustoText.Time(startMs)},{sequence},{KustoText.Field(run)},{touches},{swaps}\n");

    private async Task<TierState> ReadTiersAsync(CancellationToken cancellationToken) =>
        TierState.Read(await kusto.QueryAsync(new KustoQuery("Tiers"), cancellationToken));

    private async Task<IReadOnlyList<long>> ReadWatermarksAsync(CancellationToken cancellationToken) =>
        [.. (await kusto.QueryAsync(new KustoQuery("Versions"), cancellationToken))[0].Select(row => row[2].GetInt64()).Where(watermark => watermark > long.MinValue)];
}

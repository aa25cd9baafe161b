using ClickFuncs.Analytics;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Freshness;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Backfill;

/// <summary>
/// How far from the truth the published counts of the closed days of a range are, and how far the staged ones would be: whether what a backfill changes is
/// an improvement. Days that are not closed, or whose hours are no longer kept, have no truth to compare with.
/// </summary>
internal sealed class TruthComparison(ILake lake, IAnalyticsTruth truth)
{
    private const long DayMs = 24L * 60 * 60 * 1000;

    /// <summary>Compares every closed day that lies in the range whole.</summary>
    /// <param name="database">Holds the table <c>difference</c>.</param>
    /// <param name="fromMs">Start of the range.</param>
    /// <param name="toMs">Its end, exclusive.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<BackfillTruth>> RunAsync(ScratchDatabase database, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        var records = new CloseRecords(lake);
        var days = new List<BackfillTruth>();
        for (var startMs = Granularities.Ceiling(fromMs, DayMs); startMs + DayMs <= toMs; startMs += DayMs)
        {
            var date = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(startMs).UtcDateTime);
            if (await records.FindNewestAsync(date, cancellationToken) is { } closed)
                days.AddRange(await CompareAsync(database, date, startMs, closed, cancellationToken));
        }

        return days;
    }

    private async Task<IReadOnlyList<BackfillTruth>> CompareAsync(
        ScratchDatabase database, DateOnly date, long startMs, CloseRecord closed, CancellationToken cancellationToken)
    {
        try
        {
            await StreamHours.LoadAsync(database.Connection, truth.ReadStreamHoursAsync(startMs, startMs + DayMs, cancellationToken), cancellationToken);
        }
        catch (AnalyticsExpiredException)
        {
            database.Execute("DROP TABLE IF EXISTS stream_hours", cancellationToken);
            return [];
        }

        var files = new List<LocalLakeFile>();
        try
        {
            foreach (var path in closed.Recount)
                files.Add(await lake.FetchAsync(path, cancellationToken));
            return Read(database, date, startMs, closed.Revision, [.. files.Select(file => file.LocalPath)], cancellationToken);
        }
        finally
        {
            database.Execute("DROP TABLE IF EXISTS stream_hours", cancellationToken);
            foreach (var file in files)
                await file.DisposeAsync();
        }
    }

    private static List<BackfillTruth> Read(
        ScratchDatabase database, DateOnly date, long startMs, int revision, IReadOnlyList<string> recount, CancellationToken cancellationToken)
    {
        const string Keys = Comparison.Keys;
        using var reader = database.Query(
            $"""
            WITH changed AS (
                SELECT start_ms - start_ms % 3600000 AS hour_ms, {Keys}, sum(after_clicks - before_clicks) AS clicks, sum(after_spend_micros - before_spend_micros) AS spend
                FROM difference WHERE start_ms >= {SqlText.Of(startMs)} AND start_ms < {SqlText.Of(startMs + DayMs)} GROUP BY ALL),
            published AS (
                SELECT hour_ms, {Keys}, sum(clicks) AS clicks, sum(spend_micros) AS spend FROM stream_hours WHERE {ProbeIdentity.LeftOutSql} GROUP BY ALL),
            final AS (
                SELECT hour_ms, {Keys}, sum(clicks) AS clicks, sum(spend_micros) AS spend FROM read_parquet({SqlText.ListOf(recount)})
                WHERE cause = '{Cause.Truth}' GROUP BY ALL),
            sides AS (
                SELECT hour_ms, {Keys}, sum(old_clicks) AS old_clicks, sum(new_clicks) AS new_clicks, sum(true_clicks) AS true_clicks,
                    sum(old_spend) AS old_spend, sum(new_spend) AS new_spend, sum(true_spend) AS true_spend
                FROM (
                    SELECT hour_ms, {Keys}, clicks AS old_clicks, clicks AS new_clicks, 0 AS true_clicks, spend AS old_spend, spend AS new_spend, 0 AS true_spend FROM published
                    UNION ALL SELECT hour_ms, {Keys}, 0, clicks, 0, 0, spend, 0 FROM changed
                    UNION ALL SELECT hour_ms, {Keys}, 0, 0, clicks, 0, 0, spend FROM final)
                GROUP BY ALL)
            SELECT currency, count(*) FILTER (old_clicks <> true_clicks OR old_spend <> true_spend), count(*) FILTER (new_clicks <> true_clicks OR new_spend <> true_spend),
                sum(abs(old_clicks - true_clicks))::BIGINT, sum(abs(new_clicks - true_clicks))::BIGINT,
                sum(abs(old_spend - true_spend))::BIGINT, sum(abs(new_spend - true_spend))::BIGINT
            FROM sides GROUP BY currency ORDER BY currency
            """,
            cancellationToken);
        var figures = new List<BackfillTruth>();
        while (reader.Read())
            figures.Add(new BackfillTruth(
                date, revision, reader.GetString(0), new TruthDistance(reader.GetInt64(1), reader.GetInt64(3), reader.GetInt64(5)),
                new TruthDistance(reader.GetInt64(2), reader.GetInt64(4), reader.GetInt64(6))));
        return figures;
    }
}

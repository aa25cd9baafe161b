using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ClickFuncs.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Functions.Kusto;

/// <summary>
/// The analytics store on Kusto. Rows are only ever added; the highest version of a row counts, so adding one again changes nothing. What a
/// publish adds in several pieces is visible piece by piece; how far it is, which answers are dated by, is added last.
/// </summary>
/// <param name="kusto">The database.</param>
/// <param name="options">Bounds.</param>
/// <param name="idleTimeout">After how long without publishing a partition no longer holds the watermark back.</param>
public sealed partial class KustoAnalytics(IKusto kusto, KustoOptions options, TimeSpan idleTimeout) : IAnalyticsStore, IAnalyticsTruth, IAnalyticsTiers, IAnalyticsStaging
{
    /// <inheritdoc/>
    public async ValueTask PublishAsync(IReadOnlyList<WindowRowSet> sets, long publishedAtMs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sets);
        cancellationToken.ThrowIfCancellationRequested();
        await IngestAsync("MinuteRows", sets.SelectMany(set => KustoRows.Lines(set, "")), cancellationToken);
        // After the rows: an hour that is being summed now is summed once more.
        await IngestAsync("Touched", sets.SelectMany(KustoRows.TouchedHours), cancellationToken);
        await IngestAsync(
            "Publishes",
            sets.Select(set => string.Create(CultureInfo.InvariantCulture, $"{set.Partition},{set.Version},{set.WatermarkMs},{publishedAtMs}\n")),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<AnalyticsAnswer> QueryAsync(AnalyticsQuery query, CancellationToken cancellationToken)
    {
        FinalQueryRule.Check(query);
        try
        {
            var results = await kusto.QueryAsync(PointsQuestion.Of(query, options.MaxPoints), cancellationToken);
            return PointsQuestion.Read(query, results, options.MaxPoints, idleTimeout);
        }
        catch (KustoException failure) when (failure.IsTooLarge)
        {
            throw AnalyticsLimitException.ForSize();
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Slices are read one after the other, and the stream goes on meanwhile. The versions are read before all of them, and rows beyond them are
    /// left out, as are backfills that are applied meanwhile: so all of it is of one moment. Nothing else changes hours whose minutes are not kept any more.
    /// </remarks>
    public async IAsyncEnumerable<StreamHoursBatch> ReadStreamHoursAsync(long fromMs, long toMs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HourRange.Check(fromMs, toMs);
        var kept = (await ReadTiersAsync(cancellationToken)).Kept;
        kept.RequireHours(fromMs);
        var versions = (await kusto.QueryAsync(new KustoQuery("Versions"), cancellationToken))[0].ToDictionary(row => row[0].GetInt32(), row => row[1].GetInt64());
        var swaps = (await kusto.QueryAsync(new KustoQuery("Swaps").WithTime("start", fromMs).WithTime("end", toMs), cancellationToken))[0];
        string[] runs = [.. swaps.Select(row => row[0].GetString()!)];
        var isAny = false;
        for (var slice = 0; slice < options.Slices; slice++)
        {
            var query = new KustoQuery("StreamHours").WithTime("start", fromMs).WithTime("end", toMs).WithTime("minutesKept", kept.MinutesMs)
                .WithVersions("versions", versions).WithSet("runs", runs).WithNone("hours");
            var rows = await AskSliceAsync(query, slice, cancellationToken);
            if (rows.Count == 0)
                continue;
            isAny = true;
            yield return new StreamHoursBatch(versions, [.. rows.Select(RowOf)]);
        }

        if (!isAny)
            yield return new StreamHoursBatch(versions, []);
    }

    /// <inheritdoc/>
    /// <remarks>The rows are added under a name of this call first; the line that makes them the day's is added last, and is one row. Rows of a
    /// call that did not come so far are never looked at.</remarks>
    public async ValueTask PublishFinalAsync(
        long dayStartMs, int revision, IAsyncEnumerable<IReadOnlyList<AnalyticsRow>> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        FinalDayRule.Check(dayStartMs, revision);
        if ((await ListFinalDaysAsync(cancellationToken)).Any(day => day.DayStartMs == dayStartMs && day.Revision >= revision))
            return;
        var before = string.Create(CultureInfo.InvariantCulture, $"{KustoText.Time(dayStartMs)},{revision},{Guid.NewGuid():N}");
        var seen = new HashSet<(long, DimensionKey)>();
        await foreach (var batch in rows.WithCancellation(cancellationToken))
        {
            foreach (var row in batch)
            {
                FinalDayRule.CheckHour(dayStartMs, row.StartMs);
                if (!seen.Add((row.StartMs, row.Key)))
                    throw FinalDayRule.Repeated(dayStartMs);
            }

            await IngestAsync("FinalRows", batch.Select(row => $"{before},{KustoText.Time(row.StartMs)},{KustoRows.Columns(row.Key, row.Metrics)}\n"), cancellationToken);
        }

        await kusto.IngestAsync("FinalDays", $"{before}\n", cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<FinalDay>> ListFinalDaysAsync(CancellationToken cancellationToken) =>
        [.. (await kusto.QueryAsync(new KustoQuery("FinalDays"), cancellationToken))[0]
            .Select(row => new FinalDay(KustoText.Milliseconds(row[0].GetString()!), row[1].GetInt32()))];

    private static AnalyticsRow RowOf(JsonElement row)
    {
        string[] key = [.. Enumerable.Range(1, 9).Select(column => row[column].GetString()!)];
        return new AnalyticsRow(
            KustoText.Milliseconds(row[0].GetString()!), new DimensionKey(key[0], key[1], key[2], key[3], key[4], key[5], key[6], key[7], key[8]), KustoRows.Metrics(row, 10));
    }

    // The rows of one slice of the keys; all of them, or it fails.
    private async Task<IReadOnlyList<JsonElement>> AskSliceAsync(KustoQuery query, int slice, CancellationToken cancellationToken)
    {
        try
        {
            return (await kusto.QueryAsync(query.With("slice", slice).With("slices", options.Slices), cancellationToken))[0];
        }
        catch (KustoException failure) when (failure.IsTooLarge)
        {
            throw new KustoException($"One of {options.Slices} slices of the keys is too large for an answer: set Kusto:Slices higher. {failure.Message}") { IsTooLarge = true };
        }
    }

    private async Task IngestAsync(string table, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        foreach (var piece in KustoRows.Pieces(lines, options.MaxIngestBytes))
            await kusto.IngestAsync(table, piece, cancellationToken);
    }
}

using ClickFuncs.Analytics;
using ClickFuncs.Local.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Bench.Analytics;

/// <summary>How fast the store serves the nightly close and a backfill, over the days that <see cref="AnalyticsRun"/> has published.</summary>
internal static class TruthRun
{
    internal static async Task MeasureAsync(
        DuckDbAnalyticsStore store, long start, List<WindowRowSet> sets, Func<string, Func<Task>, Task<double>> timeAsync)
    {
        var end = start + (2 * Granularities.DayMs);
        var rows = 0L;
        var seconds = await timeAsync("read the stream's hours", async () =>
        {
            await foreach (var batch in store.ReadStreamHoursAsync(start, end, CancellationToken.None))
                rows += batch.Rows.Count;
        });
        Console.WriteLine($"read rate              {rows / seconds / 1e6,10:F2} M rows/s, {rows:N0} rows");
        await timeAsync("publish the first day as final", () => store.PublishFinalAsync(
            start, 1, store.ReadStreamHoursAsync(start, start + Granularities.DayMs, CancellationToken.None).Select(batch => batch.Rows), CancellationToken.None).AsTask());
        foreach (var set in sets)
            set.Version += 10_000_000;
        await timeAsync("stage as many rows", () => store.StageAsync("bench", sets, CancellationToken.None).AsTask());
        await timeAsync("compare two days", async () =>
        {
            await foreach (var batch in store.CompareAsync("bench", start, end, CancellationToken.None))
                rows += batch.Count;
        });
        await timeAsync("apply two days", () => store.ApplyAsync("bench", start, end, CancellationToken.None).AsTask());
    }
}

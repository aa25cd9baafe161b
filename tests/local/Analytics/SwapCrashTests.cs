using ClickFuncs.Analytics;
using ClickFuncs.Local.Analytics;
using ClickFuncs.Testing.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Tests.Analytics;

/// <summary>
/// What a process that is killed in the middle of a swap leaves behind is what its files hold at that moment: copies taken
/// all the while show the old rows or the new ones.
/// </summary>
public sealed class SwapCrashTests
{
    private const long Midnight = StoreFolder.Midnight;
    private const int Keys = 1000;

    [Fact]
    public async Task PublishFinal_KilledAnywhere_LeavesTheOldOrTheNewDay()
    {
        await using var folder = await StoreFolder.CreateAsync();
        await folder.Store.PublishFinalAsync(Midnight, 1, AnalyticsRows.Batches(Rows(1)), CancellationToken.None);
        var copies = await CopyWhileAsync(
            folder, () => folder.Store.PublishFinalAsync(Midnight, 2, Slowly(Rows(5)), CancellationToken.None).AsTask());
        Assert.Equal([Keys, 5 * Keys], await ClicksAsync(copies, Accuracy.Final));
    }

    [Fact]
    public async Task Apply_KilledAnywhere_LeavesTheOldOrTheNewRange()
    {
        await using var folder = await StoreFolder.CreateAsync();
        await folder.Store.PublishAsync([Set(1, 1)], Midnight, CancellationToken.None);
        await folder.Store.RollUpAsync(Midnight + Granularities.DayMs, CancellationToken.None);
        await folder.Store.StageAsync("b", [Set(1, 5)], CancellationToken.None);
        var copies = await CopyWhileAsync(
            folder, () => folder.Store.ApplyAsync("b", Midnight, Midnight + Granularities.DayMs, CancellationToken.None).AsTask());
        Assert.Equal([Keys, 5 * Keys], await ClicksAsync(copies, Accuracy.Live));
    }

    private static IEnumerable<AnalyticsRow> Rows(long clicks) => Enumerable.Range(0, Keys).Select(
        i => new AnalyticsRow(Midnight + (i % 24 * Granularities.HourMs), RowSets.Key with { AdId = $"ad_{i}" }, RowSets.Clicks(clicks)));

    private static WindowRowSet Set(long version, long clicks) =>
        RowSets.Of(0, version, [.. Rows(clicks).Select(row => (row.StartMs, row.Key, row.Metrics))]);

    private static async IAsyncEnumerable<IReadOnlyList<AnalyticsRow>> Slowly(IEnumerable<AnalyticsRow> rows)
    {
        foreach (var batch in rows.Chunk(250))
        {
            await Task.Yield();
            yield return batch;
        }
    }

    // Copies before, while and after; the file itself changes at checkpoints only, of which there is none here.
    private static async Task<List<string>> CopyWhileAsync(StoreFolder folder, Func<Task> work)
    {
        List<string> copies = [Copy(folder)];
        var running = Task.Run(work);
        while (!running.IsCompleted && copies.Count < 6)
        {
            copies.Add(Copy(folder));
            await Task.Yield();
        }

        await running;
        copies.Add(Copy(folder));
        return copies;
    }

    private static string Copy(StoreFolder folder)
    {
        var copy = Directory.CreateTempSubdirectory("clickfuncs-").FullName;
        foreach (var file in Directory.EnumerateFiles(folder.Path, "analytics.duckdb*").Order(StringComparer.Ordinal))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }

    // The distinct answers, in the order they came; every granularity and opening must agree.
    private static async Task<List<long>> ClicksAsync(List<string> copies, Accuracy accuracy)
    {
        var seen = new List<long>();
        foreach (var copy in copies)
        {
            await using (var store = await StoreFolder.OpenAsync(copy))
            {
                var byHour = await SumAsync(store, Granularity.Hour, accuracy);
                Assert.Equal(byHour, await SumAsync(store, Granularity.Day, accuracy));
                if (seen.Count == 0 || seen[^1] != byHour)
                    seen.Add(byHour);
            }

            Directory.Delete(copy, recursive: true);
        }

        return seen;
    }

    private static async Task<long> SumAsync(DuckDbAnalyticsStore store, Granularity granularity, Accuracy accuracy)
    {
        var answer = await store.QueryAsync(StoreFolder.Query(granularity) with { Accuracy = accuracy }, CancellationToken.None);
        return answer.Points.Sum(point => point.Metrics.Clicks);
    }
}

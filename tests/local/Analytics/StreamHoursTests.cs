using ClickFuncs.Analytics;
using ClickFuncs.Local.Analytics;
using ClickFuncs.Testing.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Tests.Analytics;

public sealed class StreamHoursTests
{
    private const long Midnight = StoreFolder.Midnight;
    private const int Keys = 10_000;

    [Fact]
    public async Task ReadStreamHours_MoreThanABatch_GivesEachRowOnce()
    {
        await using var folder = await CreateAsync();
        var ads = new List<string>();
        await foreach (var batch in Read(folder, CancellationToken.None))
        {
            Assert.InRange(batch.Rows.Count, 1, 5000);
            ads.AddRange(batch.Rows.Select(row => row.Key.AdId));
        }

        Assert.Equal(Keys, ads.Distinct().Count());
        Assert.Equal(Keys, ads.Count);
    }

    [Fact]
    public async Task ReadStreamHours_WhilePublishing_SeesOneState()
    {
        await using var folder = await CreateAsync();
        var clicks = 0L;
        await foreach (var batch in Read(folder, CancellationToken.None))
        {
            clicks += batch.Rows.Sum(row => row.Metrics.Clicks);
            await folder.Store.PublishAsync([Set(2, 100)], Midnight, CancellationToken.None);
            await folder.Store.CompactAsync(CancellationToken.None);
        }

        Assert.Equal(Keys, clicks);
    }

    [Fact]
    public async Task ReadStreamHours_GivenUpOrCancelled_GivesItsConnectionBack()
    {
        await using var folder = await CreateAsync();
        for (var i = 0; i < 3; i++)
        {
            await foreach (var batch in Read(folder, CancellationToken.None))
                break;
            using var cancel = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (var batch in Read(folder, cancel.Token))
                    await cancel.CancelAsync();
            });
        }

        Assert.Equal(Keys, await folder.ClicksAsync(StoreFolder.Query(Granularity.Day)));
    }

    private static IAsyncEnumerable<StreamHoursBatch> Read(StoreFolder folder, CancellationToken cancellationToken) =>
        folder.Store.ReadStreamHoursAsync(Midnight, Midnight + Granularities.DayMs, cancellationToken);

    private static async Task<StoreFolder> CreateAsync()
    {
        var folder = await StoreFolder.CreateAsync(new DuckDbAnalyticsOptions { Readers = 1 });
        await folder.Store.PublishAsync([Set(1, 1)], Midnight, CancellationToken.None);
        return folder;
    }

    private static WindowRowSet Set(long version, long clicks)
    {
        var set = new WindowRowSet { Partition = 0, Version = version, WatermarkMs = Midnight };
        for (var i = 0; i < Keys; i++)
            set.Add(Midnight, (RowSets.Key with { AdId = $"ad_{i}" }).Encode(), RowSets.Clicks(clicks));
        return set;
    }
}

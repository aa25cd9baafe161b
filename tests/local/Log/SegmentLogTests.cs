using ClickFuncs.Local.Log;
using ClickFuncs.Log;

namespace ClickFuncs.Local.Tests.Log;

public sealed class SegmentLogTests
{
    [Fact]
    public void Open_FolderOpenAlready_IsRefusedAndNamesTheProcess()
    {
        using var folder = new LogFolder();
        using var log = folder.Open();

        var error = Assert.Throws<LogUnavailableException>(() => folder.Open());

        Assert.Contains(FormattableString.Invariant($"process {Environment.ProcessId}"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WrongOptions_NamesAllOfThem()
    {
        var options = new SegmentLogOptions { Directory = "", PartitionCount = 0, RetainFor = TimeSpan.Zero };

        var error = Assert.Throws<System.ComponentModel.DataAnnotations.ValidationException>(() => LogOpener.Open(options, TimeProvider.System));

        Assert.Contains("Directory", error.Message, StringComparison.Ordinal);
        Assert.Contains("PartitionCount", error.Message, StringComparison.Ordinal);
        Assert.Contains("RetainFor", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_AppendsPending_MakesThemDurableAndRefusesLaterOnes()
    {
        using var folder = new LogFolder();
        var log = folder.Open(1);
        var pending = Enumerable.Range(0, 100).Select(i => log.Append($"pending {i}")).ToArray();
        var wait = log.WaitForAsync(0, 100, CancellationToken.None).AsTask();

        log.Dispose();

        await Task.WhenAll(pending);
        await Assert.ThrowsAsync<LogUnavailableException>(() => log.Append("too late"));
        await Assert.ThrowsAsync<LogUnavailableException>(() => wait);
        await Assert.ThrowsAsync<LogUnavailableException>(async () => await log.ReadAsync(0, 0, 1, new RecordBatch(), CancellationToken.None));
        using var reopened = folder.Open(1);
        Assert.Equal(100, reopened.ReadPartition(0).Count);
    }

    [Fact]
    public async Task AppendAsync_ClockSetBack_ArrivalStandsStill()
    {
        using var folder = new LogFolder();
        var time = new ManualTime();
        var start = time.Now.ToUnixTimeMilliseconds();
        using (var log = LogOpener.Open(folder.Options(1), time))
        {
            await log.Append("a");
            time.Now -= TimeSpan.FromHours(1);
            await log.Append("b");
        }

        using var reopened = LogOpener.Open(folder.Options(1), time);
        await reopened.Append("c");
        var batch = new RecordBatch();
        await reopened.ReadAsync(0, 0, 1000, batch, CancellationToken.None);

        Assert.Equal([start, start, start], batch.Entries.ToArray().Select(e => e.ArrivalMs));
    }

    [Fact]
    public async Task AppendAsync_RecordTooLong_IsRefused()
    {
        using var folder = new LogFolder();
        using var log = folder.Open(1);

        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await log.AppendAsync(LogRecords.Id(1), new byte[(1 << 20) + 1], CancellationToken.None));
    }

    [Fact]
    public async Task AppendAsync_SteadyState_AllocatesNothingPerAppend()
    {
        using var folder = new LogFolder();
        using var log = folder.Open(1);
        var (id, record) = (LogRecords.Id(1), new byte[200]);
        var tasks = new List<ValueTask<LogPosition>>(1000);
        await Round();
        await Round();

        var allocated = await Round();

        // Nothing per append; a waiter list or a chunk buffer may be new now and then.
        Assert.InRange(allocated, 0, 256 * 1024);

        async Task<long> Round()
        {
            tasks.Clear();
            var before = GC.GetAllocatedBytesForCurrentThread();
            tasks.AddRange(Enumerable.Range(0, 1000).Select(_ => log.AppendAsync(id, record, CancellationToken.None)));
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            foreach (var task in tasks)
                await task;
            return bytes;
        }
    }

    [Fact]
    public async Task ReadAsync_ManyReadersWhileAppending_EachSeesEveryRecordInOrder()
    {
        const int Records = 2000;
        using var folder = new LogFolder();
        using var log = folder.Open(2, segmentBytes: 16 * 1024);
        var readers = Enumerable.Range(0, 6).Select(r => Task.Run(() => Follow(log, r % 2, Records))).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(w => Task.Run(async () =>
        {
            for (var i = w; i < Records * 2; i += 8)
                await log.AppendAsync(new Events.Fingerprint(i % 2 == 0 ? 0UL : ulong.MaxValue, 0), BitConverter.GetBytes(i), CancellationToken.None);
        })));

        var seen = await Task.WhenAll(readers);
        Assert.All(seen, values => Assert.Equal(Records, values.Distinct().Count()));
        Assert.Equal(seen[0], seen[2]);
        Assert.Equal(seen[1], seen[3]);
    }

    [Fact]
    public async Task OpenReadOnly_BesideAWriter_SeesWhatIsDurable()
    {
        using var folder = new LogFolder();
        using var log = folder.Open(2, segmentBytes: 4096);
        await log.AppendAll(LogRecords.Texts(100));

        var reader = LogOpener.OpenReadOnly(folder.Path);

        Assert.Equal(LogRecords.Expected(LogRecords.Texts(100), 2), reader.ReadAll());
    }

    private static async Task<List<int>> Follow(SegmentLog log, int partition, int count)
    {
        var (values, batch) = (new List<int>(), new RecordBatch());
        while (values.Count < count)
        {
            await log.WaitForAsync(partition, values.Count, CancellationToken.None);
            await log.ReadAsync(partition, values.Count, 700, batch, CancellationToken.None);
            for (var i = 0; i < batch.Count; i++)
                values.Add(BitConverter.ToInt32(batch.GetRecord(i)));
        }

        return values;
    }
}

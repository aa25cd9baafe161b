using ClickFuncs.Local.Log;
using ClickFuncs.Log;

namespace ClickFuncs.Local.Tests.Log;

public sealed class SegmentRetentionTests
{
    private static readonly long[] NobodyNeedsAnything = [long.MaxValue, long.MaxValue];

    [Fact]
    public async Task ApplyRetention_TooMuch_DeletesOldestUntilItFits()
    {
        using var folder = new LogFolder();
        using var log = await Filled(folder, new ManualTime(), retainBytes: 3 * 4096);
        var before = folder.Segments();

        var deleted = log.ApplyRetention(NobodyNeedsAnything);

        Assert.Equal(before[deleted..], folder.Segments());
        Assert.InRange(folder.Segments().Sum(path => new FileInfo(path).Length), 1, 3 * 4096);
        Assert.True(log.GetRange(0).First > 0);
    }

    [Fact]
    public async Task ApplyRetention_TooOld_DeletesAllButTheActive()
    {
        using var folder = new LogFolder();
        var time = new ManualTime();
        using var log = await Filled(folder, time, retainFor: TimeSpan.FromHours(1));
        Assert.Equal(0, log.ApplyRetention(NobodyNeedsAnything));

        time.Now += TimeSpan.FromHours(2);
        log.ApplyRetention(NobodyNeedsAnything);

        Assert.Single(folder.Segments());
    }

    [Fact]
    public async Task ApplyRetention_Floor_KeepsWhatIsNeededInAnyPartition()
    {
        using var folder = new LogFolder();
        using var log = await Filled(folder, new ManualTime(), retainBytes: 1);

        log.ApplyRetention([long.MaxValue, 30]);

        Assert.InRange(log.GetRange(1).First, 1, 30);
        Assert.Equal(LogRecords.Expected(LogRecords.Texts(150), 2)[1][(int)log.GetRange(1).First..], log.ReadPartition(1));
    }

    [Fact]
    public async Task ApplyRetention_NoLimits_DeletesNothing()
    {
        using var folder = new LogFolder();
        using var log = await Filled(folder, new ManualTime());

        Assert.Equal(0, log.ApplyRetention(NobodyNeedsAnything));
    }

    [Fact]
    public async Task ReadAsync_DeletedRecords_ThrowsGap()
    {
        using var folder = new LogFolder();
        using var log = await Filled(folder, new ManualTime(), retainBytes: 1);
        var batch = new RecordBatch();
        await log.ReadAsync(0, 0, 1, batch, CancellationToken.None);
        log.ApplyRetention(NobodyNeedsAnything);

        await Assert.ThrowsAsync<LogGapException>(async () => await log.ReadAsync(0, 0, 1, batch, CancellationToken.None));
        await Assert.ThrowsAsync<LogGapException>(async () => await log.ReadAsync(0, 1, 1, batch, CancellationToken.None));
        Assert.Equal(0, batch.Count);
    }

    [Fact]
    public async Task Open_AfterRetention_KeepsSequencesEvenIfTheLastSegmentIsEmpty()
    {
        using var folder = new LogFolder();
        long next;
        using (var log = await Filled(folder, new ManualTime(), retainBytes: 1))
        {
            next = log.GetRange(0).Next;
            log.ApplyRetention(NobodyNeedsAnything);
        }

        var only = Assert.Single(folder.Segments());
        var header = SegmentHeader.Load(only);
        using (var file = new FileStream(only, FileMode.Open))
            file.SetLength(header.Length);
        using var reopened = folder.Open(segmentBytes: 4096);

        Assert.Equal(new LogRange(header.FirstSequences[0], header.FirstSequences[0]), reopened.GetRange(0));
        Assert.InRange(header.FirstSequences[0], 1, next);
    }

    private static async Task<SegmentLog> Filled(LogFolder folder, TimeProvider time, TimeSpan? retainFor = null, long? retainBytes = null)
    {
        var log = LogOpener.Open(
            new SegmentLogOptions
            {
                Directory = folder.Path, PartitionCount = 2, SegmentBytes = 4096, RetainFor = retainFor, RetainBytes = retainBytes,
            },
            time);
        await log.AppendAll(LogRecords.Texts(150));
        return log;
    }
}

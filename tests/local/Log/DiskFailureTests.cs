using ClickFuncs.Local.Log;
using ClickFuncs.Log;

namespace ClickFuncs.Local.Tests.Log;

public sealed class DiskFailureTests
{
    private readonly FaultyDisk _disk = new();
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Append_DiskFullThenFreed_RefusesWithTheReasonThenGoesOn(bool cannotCut)
    {
        using var folder = new LogFolder();
        using (var log = Open(folder))
        {
            await log.Append("before");
            (_disk.Full, _disk.CannotCut) = (true, cannotCut);
            var failed = await Assert.ThrowsAsync<LogUnavailableException>(() => log.Append("lost"));
            Assert.Contains("no space left", failed.Message, StringComparison.Ordinal);
            (_disk.Full, _disk.CannotCut) = (false, false);
            await Assert.ThrowsAsync<LogUnavailableException>(() => log.Append("too soon"));

            _time.Now += TimeSpan.FromSeconds(1);

            Assert.Equal(1, (await log.Append("after")).Sequence);
            Assert.Equal(["before", "after"], log.ReadPartition(0));
        }

        using var reopened = Open(folder);
        Assert.Null(reopened.RepairedTail);
        Assert.Equal(["before", "after"], reopened.ReadPartition(0));
    }

    [Fact]
    public async Task Append_SyncFails_RefusesUntilOpenedAnew()
    {
        using var folder = new LogFolder();
        using (var log = Open(folder))
        {
            await log.Append("before");
            _disk.SyncFails = true;
            await Assert.ThrowsAsync<LogUnavailableException>(() => log.Append("unknown"));
            _disk.SyncFails = false;
            _time.Now += TimeSpan.FromHours(1);

            var refused = await Assert.ThrowsAsync<LogUnavailableException>(() => log.Append("refused"));

            Assert.Contains("opened anew", refused.Message, StringComparison.Ordinal);
            Assert.Equal(["before"], log.ReadPartition(0));
        }

        using var reopened = Open(folder);
        Assert.Equal(1, (await reopened.Append("after")).Sequence);
        Assert.Equal(["before", "after"], reopened.ReadPartition(0));
    }

    [Fact]
    public async Task Append_NewSegmentFailsAfterItGotItsName_NeverGoesOnInTheOldOne()
    {
        using var folder = new LogFolder();
        var texts = LogRecords.Texts(20, new string('z', 500));
        using (var log = Open(folder))
        {
            await log.AppendAll(texts[..3]);
            _disk.CannotCreate = true;
            foreach (var text in texts[3..])
            {
                var append = await Record.ExceptionAsync(() => log.Append(text));
                _time.Now += TimeSpan.FromSeconds(2);
                if (append is not null)
                    break;
            }

            _disk.CannotCreate = false;
            Assert.Equal(2, folder.Segments().Length);
            await log.Append("short");
        }

        using var reopened = Open(folder);
        Assert.Equal("short", reopened.ReadPartition(0)[^1]);
        Assert.Empty(LogVerifier.Verify(folder.Path, CancellationToken.None).Findings);
    }

    [Fact]
    public async Task ReadAsync_WhileASyncRuns_SeesOnlyWhatIsDurable()
    {
        using var folder = new LogFolder();
        using var log = Open(folder);
        await log.Append("durable");
        _disk.SyncMayRun.Reset();
        var pending = log.Append("not yet");
        var wait = log.WaitForAsync(0, 1, CancellationToken.None).AsTask();

        Assert.Equal(new LogRange(0, 1), log.GetRange(0));
        Assert.Equal(["durable"], log.ReadPartition(0));
        Assert.False(wait.IsCompleted);

        _disk.SyncMayRun.Set();
        await pending;
        await wait;
        Assert.Equal(["durable", "not yet"], log.ReadPartition(0));
    }

    [Fact]
    public async Task AppendGroupAsync_DiskFull_KeepsTheGroupForAnotherAttempt()
    {
        using var folder = new LogFolder();
        using var log = Open(folder);
        var group = log.CreateGroup();
        group.Add(0, "a"u8);
        group.Add(0, "b"u8);
        _disk.Full = true;
        await Assert.ThrowsAsync<LogUnavailableException>(() => log.AppendGroupAsync(group, CancellationToken.None));
        Assert.Equal(2, group.RecordCount);

        _disk.Full = false;
        _time.Now += TimeSpan.FromSeconds(1);
        await log.AppendGroupAsync(group, CancellationToken.None);

        Assert.Equal(["a", "b"], log.ReadPartition(0));
        Assert.Equal(0, group.RecordCount);
    }

    private SegmentLog Open(LogFolder folder) =>
        LogOpener.Open(folder.Options(partitions: 1, segmentBytes: 4096), _time, disk: _disk);
}

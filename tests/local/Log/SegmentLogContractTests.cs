using ClickFuncs.Local.Log;
using ClickFuncs.Testing.Log;

namespace ClickFuncs.Local.Tests.Log;

public sealed class SegmentLogContractTests : ClickLogContract
{
    protected override ClickLogUnderTest Open(int partitionCount)
    {
        var folder = new LogFolder();
        var log = folder.Open(partitionCount, segmentBytes: 8192);
        return new ClickLogUnderTest(log, log, () =>
        {
            log.Dispose();
            folder.Dispose();
        });
    }

    protected override ClickLogUnderTest OpenStalled(int partitionCount)
    {
        var folder = new LogFolder();
        var disk = new FaultyDisk();
        disk.SyncMayRun.Reset();
        var options = new SegmentLogOptions { Directory = folder.Path, PartitionCount = partitionCount, MaxPendingRecords = 1 };
        var log = LogOpener.Open(options, TimeProvider.System, disk: disk);
        return new ClickLogUnderTest(log, log, () =>
        {
            disk.SyncMayRun.Set();
            log.Dispose();
            folder.Dispose();
        });
    }
}

using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Reconciliation;

namespace ClickFuncs.Batch.Tests.Close;

public sealed class SettlingTests
{
    private static readonly ReportCut[] Cut = [new ReportCut(0, 9, 9)];
    private static readonly PartitionProgress[] Done = [new PartitionProgress(0, 9, 9, 9, 0)];

    [Fact]
    public void Missing_ArchiveAndStreamHaveTheCut_IsNothing() => Assert.Null(Settling.Missing(Cut, 0, Done));

    [Fact]
    public void Missing_EventsWaitInTheSpool_SaysHowMany() =>
        Assert.Equal("3 events wait in the spool to be put on the log.", Settling.Missing(Cut, 3, Done));

    [Fact]
    public void Missing_ArchiveIsBehind_NamesThePartition() =>
        Assert.Contains("partitions 0", Settling.Missing(Cut, 0, [Done[0] with { Archived = 8 }]), StringComparison.Ordinal);
}

using ClickFuncs.State;
using static ClickFuncs.Testing.State.StateSamples;

namespace ClickFuncs.Testing.State;

public abstract partial class PartitionStateStoreContract
{
    [Fact]
    public async Task SaveSnapshot_OfWhatIsPublished_ReplacesTheDeltasItCovers()
    {
        var lease = await CommitThreeAsync(published: 9);
        await Store.SaveSnapshotAsync(lease, 9, Bytes("s9"), Never);
        var recovery = await Store.RecoverAsync(lease, Never);
        Assert.Equal((14, 9, 9), (recovery.Head.Position, recovery.Head.PublishedPosition, recovery.Head.SnapshotPosition));
        Assert.Equal("s9", recovery.Snapshot.Text());
        Assert.Equal([(10, 14, "three")], Deltas(recovery));
    }

    [Fact]
    public async Task SaveSnapshot_OneAfterTheOther_KeepsTheNewest()
    {
        var lease = await CommitThreeAsync(published: 14);
        await Store.SaveSnapshotAsync(lease, 4, Bytes("s4"), Never);
        await Store.SaveSnapshotAsync(lease, 14, Bytes("s14"), Never);
        var recovery = await Store.RecoverAsync(lease, Never);
        Assert.Equal("s14", recovery.Snapshot.Text());
        Assert.Empty(recovery.Deltas);
        await Store.CommitAsync(lease, Commit(15, 20, "four"), Never);
        Assert.Equal([(15, 20, "four")], Deltas(await Store.RecoverAsync(lease, Never)));
    }

    [Fact]
    public async Task SaveSnapshot_TwiceOfTheSamePosition_IsAllowed()
    {
        var lease = await CommitThreeAsync(published: 14);
        await Store.SaveSnapshotAsync(lease, 9, Bytes("s9"), Never);
        var next = await Store.AcquireAsync(0, "b", Never);
        await Store.SaveSnapshotAsync(next, 9, Bytes("again"), Never);
        var recovery = await Store.RecoverAsync(next, Never);
        Assert.Equal("again", recovery.Snapshot.Text());
        Assert.Equal([(10, 14, "three")], Deltas(recovery));
    }

    [Fact]
    public async Task SaveSnapshot_Empty_IsASnapshot()
    {
        var lease = await CommitThreeAsync(published: 14);
        await Store.SaveSnapshotAsync(lease, 14, ReadOnlyMemory<byte>.Empty, Never);
        var recovery = await Store.RecoverAsync(lease, Never);
        Assert.Equal(14, recovery.Head.SnapshotPosition);
        Assert.True(recovery.Snapshot.IsEmpty);
        Assert.Empty(recovery.Deltas);
    }

    [Theory]
    [InlineData(14)] // not published
    [InlineData(100)] // not committed
    [InlineData(7)] // inside a commit
    [InlineData(4)] // behind the snapshot
    [InlineData(-1)] // nothing
    public async Task SaveSnapshot_OfAnythingElse_ConflictsAndKeepsTheEarlierOne(long sequence)
    {
        var lease = await CommitThreeAsync(published: 9);
        await Store.SaveSnapshotAsync(lease, 9, Bytes("s9"), Never);
        await Assert.ThrowsAsync<CommitConflictException>(() => Store.SaveSnapshotAsync(lease, sequence, Bytes("no"), Never).AsTask());
        var recovery = await Store.RecoverAsync(lease, Never);
        Assert.Equal("s9", recovery.Snapshot.Text());
        Assert.Equal([(10, 14, "three")], Deltas(recovery));
    }

    [Fact]
    public async Task ReadSideOutputs_PageByPage_GivesEachOnceInOrder()
    {
        var lease = await Store.AcquireAsync(0, "a", Never);
        var late = Enumerable.Range(0, 25).Select(i => SideOutput(SideOutputKind.Late, i * 3)).ToArray();
        var quarantined = Enumerable.Range(0, 5).Select(i => SideOutput(SideOutputKind.Quarantine, i * 7)).ToArray();
        await Store.CommitAsync(lease, Commit(0, 29, "one", [.. late.Take(10).Reverse(), .. quarantined]), Never);
        await Store.CommitAsync(lease, Commit(30, 99, "two", [.. late.Skip(10)]), Never);

        var pages = new List<SideOutput>();
        var from = 0L;
        while (await Store.ReadSideOutputsAsync(0, SideOutputKind.Late, from, 4, Never) is { Count: > 0 } page)
        {
            pages.AddRange(page);
            from = page[^1].Sequence + 1;
        }

        Assert.Equal(late.Select(Describe), pages.Select(Describe));
        Assert.Equal(quarantined.Select(Describe), (await Store.ReadSideOutputsAsync(0, SideOutputKind.Quarantine, 0, 100, Never)).Select(Describe));
        Assert.Empty(await Store.ReadSideOutputsAsync(1, SideOutputKind.Late, 0, 100, Never));
        Assert.Empty(await Store.ReadSideOutputsAsync(0, SideOutputKind.Late, 0, 0, Never));
    }

    private static (SideOutputKind, long, string, long, long, string) Describe(SideOutput output) =>
        (output.Kind, output.Sequence, output.Reason, output.EventTimeMs, output.ArrivalMs, output.Record.Text());

    private async Task<PartitionLease> CommitThreeAsync(long published)
    {
        var lease = await Store.AcquireAsync(0, "a", Never);
        await Store.CommitAsync(lease, Commit(0, 4, "one"), Never);
        await Store.CommitAsync(lease, Commit(5, 9, "two"), Never);
        await Store.CommitAsync(lease, Commit(10, 14, "three"), Never);
        await Store.MarkPublishedAsync(lease, published, Never);
        return lease;
    }
}

using System.Text;
using ClickFuncs.State;
using static ClickFuncs.Testing.State.StateSamples;

namespace ClickFuncs.Testing.State;

/// <summary>What every <see cref="IPartitionStateStore"/> must do. A store's test class inherits this and says how to open it.</summary>
public abstract partial class PartitionStateStoreContract : IAsyncLifetime
{
    private static CancellationToken Never => CancellationToken.None;

    /// <summary>The store of this test.</summary>
    protected IPartitionStateStore Store { get; private set; } = null!;

    /// <summary>Opens the store over what is stored already; what was open before is closed or may be closed.</summary>
    protected abstract ValueTask<IPartitionStateStore> OpenAsync();

    public async Task InitializeAsync() => Store = await OpenAsync();

    public abstract Task DisposeAsync();

    [Fact]
    public async Task Acquire_NewPartition_BeginsEmpty()
    {
        var lease = await Store.AcquireAsync(3, "first", Never);
        var recovery = await Store.RecoverAsync(lease, Never);
        Assert.Equal(new PartitionHead { Partition = 3, FencingToken = lease.FencingToken, Owner = "first" }, recovery.Head);
        Assert.True(recovery.Snapshot.IsEmpty);
        Assert.Empty(recovery.Deltas);
    }

    [Fact]
    public async Task Acquire_Again_RaisesTheToken()
    {
        var first = await Store.AcquireAsync(0, "a", Never);
        var second = await Store.AcquireAsync(0, "b", Never);
        var other = await Store.AcquireAsync(1, "c", Never);
        Assert.True(second.FencingToken > first.FencingToken);
        var heads = await Store.ListHeadsAsync(Never);
        Assert.Equal([(0, "b", second.FencingToken), (1, "c", other.FencingToken)], heads.Select(head => (head.Partition, head.Owner, head.FencingToken)));
    }

    [Fact]
    public async Task ListHeads_NothingAcquired_IsEmpty() => Assert.Empty(await Store.ListHeadsAsync(Never));

    [Fact]
    public async Task Commit_UnitAfterUnit_IsRecoveredInOrder()
    {
        var lease = await Store.AcquireAsync(0, "a", Never);
        await Store.CommitAsync(lease, Commit(0, 4, "one"), Never);
        await Store.CommitAsync(lease, Commit(5, 5, "two"), Never);
        await Store.CommitAsync(lease, Commit(6, 99, ""), Never);
        var recovery = await Store.RecoverAsync(lease, Never);
        Assert.Equal([(0, 4, "one"), (5, 5, "two"), (6, 99, "")], Deltas(recovery));
        var expected = new PartitionHead
        {
            Partition = 0,
            FencingToken = lease.FencingToken,
            Owner = "a",
            Position = 99,
            WatermarkMs = 1_099,
            CommittedAtMs = 2_099,
            Counters = Counters(99),
        };
        Assert.Equal(expected, recovery.Head);
        Assert.Equal([expected], await Store.ListHeadsAsync(Never));
    }

    [Theory]
    [InlineData(4, 9)]
    [InlineData(6, 9)]
    [InlineData(0, 4)]
    public async Task Commit_ThatDoesNotFollowThePosition_ConflictsAndWritesNothing(long first, long last)
    {
        var lease = await Store.AcquireAsync(0, "a", Never);
        await Store.CommitAsync(lease, Commit(0, 4, "one"), Never);
        await Assert.ThrowsAsync<CommitConflictException>(
            () => Store.CommitAsync(lease, Commit(first, last, "two", SideOutput(SideOutputKind.Late, last)), Never).AsTask());
        var recovery = await Store.RecoverAsync(lease, Never);
        Assert.Equal((4, Counters(4)), (recovery.Head.Position, recovery.Head.Counters));
        Assert.Equal([(0, 4, "one")], Deltas(recovery));
        Assert.Empty(await Store.ReadSideOutputsAsync(0, SideOutputKind.Late, 0, 10, Never));
        await Store.CommitAsync(lease, Commit(5, 9, "two"), Never);
    }

    [Fact]
    public async Task Commit_RangeThatEndsBeforeItBegins_IsRefused()
    {
        var lease = await Store.AcquireAsync(0, "a", Never);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.CommitAsync(lease, Commit(0, -1), Never).AsTask());
    }

    [Fact]
    public async Task EveryWrite_ByAFormerOwner_IsRefusedAndWritesNothing()
    {
        var former = await Store.AcquireAsync(0, "a", Never);
        await Store.CommitAsync(former, Commit(0, 4, "one"), Never);
        var owner = await Store.AcquireAsync(0, "b", Never);
        await Assert.ThrowsAsync<StaleOwnerException>(() => Store.RecoverAsync(former, Never).AsTask());
        await Assert.ThrowsAsync<StaleOwnerException>(() => Store.CommitAsync(former, Commit(5, 9), Never).AsTask());
        await Assert.ThrowsAsync<StaleOwnerException>(() => Store.CommitAsync(former, Commit(7, 9), Never).AsTask());
        await Assert.ThrowsAsync<StaleOwnerException>(() => Store.MarkPublishedAsync(former, 4, Never).AsTask());
        await Store.MarkPublishedAsync(owner, 4, Never);
        await Assert.ThrowsAsync<StaleOwnerException>(() => Store.SaveSnapshotAsync(former, 4, Bytes("s"), Never).AsTask());
        var recovery = await Store.RecoverAsync(owner, Never);
        Assert.Equal((4, 4, -1), (recovery.Head.Position, recovery.Head.PublishedPosition, recovery.Head.SnapshotPosition));
        Assert.Equal([(0, 4, "one")], Deltas(recovery));
    }

    [Fact]
    public async Task EveryWrite_ToAPartitionNobodyAcquired_IsRefused()
    {
        var lease = new PartitionLease(5, 1);
        await Assert.ThrowsAsync<StaleOwnerException>(() => Store.RecoverAsync(lease, Never).AsTask());
        await Assert.ThrowsAsync<StaleOwnerException>(() => Store.CommitAsync(lease, Commit(0, 1), Never).AsTask());
        Assert.Empty(await Store.ListHeadsAsync(Never));
    }

    [Fact]
    public async Task MarkPublished_BackAndForth_OnlyRises()
    {
        var lease = await Store.AcquireAsync(0, "a", Never);
        await Store.CommitAsync(lease, Commit(0, 9), Never);
        await Store.MarkPublishedAsync(lease, 7, Never);
        await Store.MarkPublishedAsync(lease, 3, Never);
        Assert.Equal(7, (await Store.ListHeadsAsync(Never))[0].PublishedPosition);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.MarkPublishedAsync(lease, 10, Never).AsTask());
        Assert.Equal(7, (await Store.ListHeadsAsync(Never))[0].PublishedPosition);
    }

    [Fact]
    public async Task Reopen_AfterCommits_HasEverything()
    {
        var lease = await Store.AcquireAsync(0, "a", Never);
        await Store.CommitAsync(lease, Commit(0, 4, "one", SideOutput(SideOutputKind.Late, 2)), Never);
        await Store.CommitAsync(lease, Commit(5, 9, "two"), Never);
        await Store.MarkPublishedAsync(lease, 4, Never);
        await Store.SaveSnapshotAsync(lease, 4, Bytes("s4"), Never);
        var before = await Store.RecoverAsync(lease, Never);
        Store = await OpenAsync();
        var after = await Store.RecoverAsync(lease, Never);
        Assert.Equal(before.Head, after.Head);
        Assert.Equal("s4", after.Snapshot.Text());
        Assert.Equal([(5, 9, "two")], Deltas(after));
        Assert.Single(await Store.ReadSideOutputsAsync(0, SideOutputKind.Late, 0, 10, Never));
        Assert.True((await Store.AcquireAsync(0, "b", Never)).FencingToken > lease.FencingToken);
    }

    [Fact]
    public async Task Commit_LargeDelta_ComesBackWhole()
    {
        var delta = new byte[24 << 20];
        new Random(1).NextBytes(delta);
        var lease = await Store.AcquireAsync(0, "a", Never);
        await Store.CommitAsync(lease, Commit(0, 4, "small"), Never);
        // A slice of a larger buffer, as processors hand it over, and overwritten as soon as they have it back.
        var buffer = new byte[delta.Length + 20];
        delta.CopyTo(buffer, 10);
        await Store.CommitAsync(lease, Commit(5, 9, buffer.AsMemory(10, delta.Length)), Never);
        buffer.AsSpan().Clear();
        Assert.True((await Store.RecoverAsync(lease, Never)).Deltas[1].Delta.Span.SequenceEqual(delta));
        await Store.MarkPublishedAsync(lease, 9, Never);
        await Store.SaveSnapshotAsync(lease, 9, delta, Never);
        Assert.True((await Store.RecoverAsync(lease, Never)).Snapshot.Span.SequenceEqual(delta));
    }

    [Fact]
    public async Task Commit_ManyPartitionsAtOnce_KeepsThemApart()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(partition => Task.Run(async () =>
        {
            var lease = await Store.AcquireAsync(partition, "p" + partition, Never);
            for (var i = 0; i < 20; i++)
            {
                await Store.CommitAsync(lease, Commit(i, i, $"{partition}:{i}"), Never);
                await Store.MarkPublishedAsync(lease, i, Never);
            }

            await Store.SaveSnapshotAsync(lease, 9, Bytes("s" + partition), Never);
            var recovery = await Store.RecoverAsync(lease, Never);
            Assert.Equal("s" + partition, recovery.Snapshot.Text());
            Assert.Equal(Enumerable.Range(10, 10).Select(i => ((long)i, (long)i, $"{partition}:{i}")), Deltas(recovery));
        })));
        Assert.Equal(Enumerable.Range(0, 8), (await Store.ListHeadsAsync(Never)).Select(head => head.Partition));
    }

    [Fact]
    public async Task EveryCall_Cancelled_ThrowsAndWritesNothing()
    {
        var lease = await Store.AcquireAsync(0, "a", Never);
        var cancelled = new CancellationToken(true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.AcquireAsync(0, "b", cancelled).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.CommitAsync(lease, Commit(0, 1), cancelled).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.RecoverAsync(lease, cancelled).AsTask());
        Assert.Equal(-1, (await Store.RecoverAsync(lease, Never)).Head.Position);
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static IEnumerable<(long First, long Last, string Delta)> Deltas(PartitionRecovery recovery) =>
        recovery.Deltas.Select(delta => (delta.FirstSequence, delta.LastSequence, delta.Delta.Text()));
}

using ClickFuncs.Local.Log;

namespace ClickFuncs.Local.Tests.Log;

public sealed class BulkAppendTests
{
    private static readonly Guid Run = Guid.Parse("6f1f0a34-8d4f-4f0f-9a57-000000000001");

    [Fact]
    public async Task AppendGroupAsync_TwoBuildersInTurn_KeepsOrder()
    {
        using var folder = new LogFolder();
        using var log = folder.Open(2);
        var builders = new[] { log.CreateGroup(), log.CreateGroup() };
        var pending = new[] { Task.CompletedTask, Task.CompletedTask };
        for (var i = 0; i < 40; i++)
        {
            await pending[i % 2];
            for (var r = 0; r < 30; r++)
                builders[i % 2].Add(r % 2, BitConverter.GetBytes(i * 30 + r));
            pending[i % 2] = log.AppendGroupAsync(builders[i % 2], CancellationToken.None);
        }

        await Task.WhenAll(pending);

        Assert.Equal(600, log.GetRange(0).Next);
        Assert.Equal(600, log.GetRange(1).Next);
        Assert.Equal(40, log.NextBlock);
    }

    [Fact]
    public async Task AppendGroupAsync_ManyChunksOfAPartition_ReadsBackInOrder()
    {
        using var folder = new LogFolder();
        using var log = folder.Open(1);
        var group = log.CreateGroup();
        var texts = Enumerable.Range(0, 3000).Select(i => $"{i}:{new string('w', 100)}").ToArray();
        foreach (var text in texts)
            group.Add(LogRecords.Id(0), System.Text.Encoding.UTF8.GetBytes(text));
        Assert.True(group.ByteCount > 4 * LogFormat.ChunkBytes);

        await log.AppendGroupAsync(group, CancellationToken.None);

        Assert.Equal(texts, log.ReadPartition(0, maxBytes: 5000));
        Assert.Equal(texts, log.ReadPartition(0, maxBytes: 1 << 20));
    }

    [Fact]
    public async Task AppendGroupAsync_MorePiecesThanOneSystemCallTakes_WritesAll()
    {
        using var folder = new LogFolder();
        using var log = folder.Open(1024);
        var group = log.CreateGroup();
        for (var p = 0; p < 1024; p++)
            group.Add(p, BitConverter.GetBytes(p));

        await log.AppendGroupAsync(group, CancellationToken.None);

        Assert.Equal(1024, LogVerifier.Verify(folder.Path, CancellationToken.None).Records);
    }

    [Fact]
    public async Task Add_WhileTheGroupIsWritten_Throws()
    {
        using var folder = new LogFolder();
        var disk = new FaultyDisk();
        using var log = LogOpener.Open(folder.Options(1), TimeProvider.System, disk: disk);
        disk.SyncMayRun.Reset();
        var group = log.CreateGroup();
        group.Add(0, "a"u8);
        var pending = log.AppendGroupAsync(group, CancellationToken.None);

        Assert.Throws<InvalidOperationException>(() => group.Add(0, "b"u8));
        disk.SyncMayRun.Set();
        await pending;
        group.Add(0, "b"u8);
        await log.AppendGroupAsync(group, CancellationToken.None);

        Assert.Equal(["a", "b"], log.ReadPartition(0));
    }

    [Fact]
    public async Task AppendGroupAsync_CancelledWhileWaitingForItsTurn_AppendsNothing()
    {
        using var folder = new LogFolder();
        var disk = new FaultyDisk();
        using var log = LogOpener.Open(folder.Options(1), TimeProvider.System, disk: disk);
        disk.SyncMayRun.Reset();
        var groups = Enumerable.Range(0, 3).Select(i =>
        {
            var group = log.CreateGroup();
            group.Add(0, [(byte)('a' + i)]);
            return group;
        }).ToArray();
        using var cancellation = new CancellationTokenSource();
        var first = log.AppendGroupAsync(groups[0], CancellationToken.None);
        var second = log.AppendGroupAsync(groups[1], CancellationToken.None);
        var third = log.AppendGroupAsync(groups[2], cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        disk.SyncMayRun.Set();
        await Task.WhenAll(first, second);
        Assert.Equal(["a", "b"], log.ReadPartition(0));
        Assert.Equal(1, groups[2].RecordCount);
    }

    [Fact]
    public async Task TryFindLastTag_AfterReopeningOverManySegments_FindsTheNewestOfTheRun()
    {
        using var folder = new LogFolder();
        using (var log = folder.Open(1, segmentBytes: 4096))
        {
            for (var offset = 1; offset <= 60; offset++)
            {
                await Tagged(log, Run, offset);
                await log.Append($"click between {new string('v', 50)}");
            }

            await Tagged(log, Guid.NewGuid(), 999);
        }

        using var reopened = folder.Open(1, segmentBytes: 4096);

        Assert.True(folder.Segments().Length > 3);
        Assert.True(reopened.TryFindLastTag(Run, 0, out var found));
        Assert.Equal(60, found);
        Assert.False(reopened.TryFindLastTag(Run, 119, out _));
        Assert.True(reopened.TryFindLastTag(Run, 118, out _));
        Assert.False(reopened.TryFindLastTag(Guid.Empty, 0, out _));
    }

    [Fact]
    public async Task TryFindLastTag_GroupTornByACrash_GivesTheOneBefore()
    {
        using var folder = new LogFolder();
        using (var log = folder.Open(1))
        {
            await Tagged(log, Run, 10);
            await Tagged(log, Run, 20);
        }

        using (var file = new FileStream(folder.Segments()[0], FileMode.Open))
            file.SetLength(file.Length - 1);
        using var reopened = folder.Open(1);

        Assert.True(reopened.TryFindLastTag(Run, 0, out var found));
        Assert.Equal(10, found);
        Assert.Equal(1, reopened.GetRange(0).Next);
    }

    private static Task Tagged(SegmentLog log, Guid run, long offset)
    {
        var group = log.CreateGroup();
        group.Add(0, BitConverter.GetBytes(offset));
        group.Tag = new ProducerTag(run, offset);
        return log.AppendGroupAsync(group, CancellationToken.None);
    }
}

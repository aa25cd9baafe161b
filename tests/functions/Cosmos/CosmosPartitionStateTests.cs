using ClickFuncs.Functions.Cosmos;
using ClickFuncs.Functions.Documents;
using ClickFuncs.Functions.Tests.Documents;
using ClickFuncs.State;
using ClickFuncs.Testing.Lake;
using ClickFuncs.Testing.State;

namespace ClickFuncs.Functions.Tests.Cosmos;

/// <summary>The state store on Cosmos DB's rules passes what every state store must.</summary>
public sealed class CosmosPartitionStateTests : PartitionStateStoreContract
{
    private readonly InMemoryDocuments _documents = new();
    private readonly InMemoryLake _lake = new();

    private static CancellationToken Never => CancellationToken.None;

    public override Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Commit_Small_IsOneWriteOfThreeDocumentsAtMost()
    {
        var lease = await Store.AcquireAsync(0, "a", Never);
        var before = _documents.Writes;
        var counts = new List<int>();
        _documents.BeforeWrite = (_, writes) => counts.Add(writes.Count);
        await Store.CommitAsync(lease, StateSamples.Commit(0, 9, "delta"), Never);
        await Store.CommitAsync(lease, StateSamples.Commit(10, 19, "delta", [.. Enumerable.Range(10, 10).Select(i => StateSamples.SideOutput(SideOutputKind.Late, i))]), Never);
        Assert.Equal([2, 3], counts);
        Assert.Equal(before + 2, _documents.Writes);
    }

    [Fact]
    public async Task Commit_FencedAfterItsPartsWereWritten_ShowsNothingOfThem()
    {
        var lease = await Store.AcquireAsync(0, "a", Never);
        var other = new CosmosPartitionState(_documents, _lake, 1);
        _documents.BeforeWrite = (_, writes) =>
        {
            if (writes[0].Id != HeadDocument.HeadId)
                return;
            // Somebody else takes over between the parts and the commit.
            _documents.BeforeWrite = (_, _) => { };
            other.AcquireAsync(0, "b", Never).AsTask().GetAwaiter().GetResult();
        };
        await Assert.ThrowsAsync<StaleOwnerException>(() => Store.CommitAsync(lease, StateSamples.Commit(0, 9, new byte[3_000_000]), Never).AsTask());
        var next = await other.AcquireAsync(0, "c", Never);
        Assert.Equal((-1, 0), ((await other.RecoverAsync(next, Never)).Head.Position, (await other.RecoverAsync(next, Never)).Deltas.Count));
        // The next owner's commit of the same range is its own, and a snapshot clears what is left over.
        await other.CommitAsync(next, StateSamples.Commit(0, 9, "mine"), Never);
        await other.MarkPublishedAsync(next, 9, Never);
        await other.SaveSnapshotAsync(next, 9, new byte[1], Never);
        Assert.Equal(1, _documents.Count);
    }

    [Fact]
    public async Task Commit_WhoseAcknowledgementIsLost_CountsOnce()
    {
        var lease = await Store.AcquireAsync(0, "a", Never);
        _documents.AfterWrite = _ => throw new TimeoutException("no answer");
        await Assert.ThrowsAsync<TimeoutException>(() => Store.CommitAsync(lease, StateSamples.Commit(0, 9, "one"), Never).AsTask());
        _documents.AfterWrite = _ => { };
        await Assert.ThrowsAsync<CommitConflictException>(() => Store.CommitAsync(lease, StateSamples.Commit(0, 9, "one"), Never).AsTask());
        Assert.Single((await Store.RecoverAsync(lease, Never)).Deltas);
    }

    [Fact]
    public async Task Recover_WithoutADeltaThatIsCounted_SaysSo()
    {
        var lease = await Store.AcquireAsync(0, "a", Never);
        await Store.CommitAsync(lease, StateSamples.Commit(0, 9, "one"), Never);
        await _documents.WriteAsync("0", [DocumentWrite.Delete(CommitDocuments.DeltaId(9))], Never);
        await Assert.ThrowsAsync<StateCorruptException>(() => Store.RecoverAsync(lease, Never).AsTask());
    }

    protected override ValueTask<IPartitionStateStore> OpenAsync() =>
        ValueTask.FromResult<IPartitionStateStore>(new CosmosPartitionState(_documents, _lake, 1000));
}

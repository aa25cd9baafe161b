using ClickFuncs.State;
using ClickFuncs.Testing.State;

namespace ClickFuncs.Local.Tests.State;

/// <summary>The simulation's store keeps the same contract as the real ones, so that what a simulation shows is true of them.</summary>
public sealed class InMemoryPartitionStateStoreTests : PartitionStateStoreContract
{
    private readonly InMemoryPartitionStateStore _store = new();

    public override Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Commit_CrashBefore_IsNotDurable() => Assert.Equal(-1, await PositionAfterCrashAsync(StateStep.BeforeCommit));

    [Fact]
    public async Task Commit_CrashAfter_IsDurable() => Assert.Equal(4, await PositionAfterCrashAsync(StateStep.AfterCommit));

    protected override ValueTask<IPartitionStateStore> OpenAsync() => ValueTask.FromResult<IPartitionStateStore>(_store);

    private async Task<long> PositionAfterCrashAsync(string fatalStep)
    {
        _store.AtStep = (step, _) => step == fatalStep ? throw new SimulatedCrashException(step) : ValueTask.CompletedTask;
        var lease = await _store.AcquireAsync(0, "a", CancellationToken.None);
        await Assert.ThrowsAsync<SimulatedCrashException>(() => _store.CommitAsync(lease, StateSamples.Commit(0, 4), CancellationToken.None).AsTask());
        return (await _store.ListHeadsAsync(CancellationToken.None))[0].Position;
    }
}

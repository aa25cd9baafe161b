using ClickFuncs.Privacy;
using ClickFuncs.Velocity;
using Xunit;

namespace ClickFuncs.Testing.Velocity;

/// <summary>What every <see cref="IFlagStore"/> keeps.</summary>
public abstract class FlagStoreContract
{
    private static readonly VelocityFlag Flag = new(ulong.MaxValue - 3, IdentityKind.User, 1_000, 5_000, 31);

    protected abstract IFlagStore Open();

    [Fact]
    public async Task TakeOver_OfANewStore_BeginsAtTheFirstMessageWithoutFlags()
    {
        var state = await Open().TakeOverAsync(CancellationToken.None);

        Assert.Equal((0, 0), (state.ReadFrom, state.Flags.Count));
    }

    [Fact]
    public async Task Commit_IsThereForTheNextOwner_AndReplacesByIdentity()
    {
        var store = Open();
        var first = await store.TakeOverAsync(CancellationToken.None);
        await store.CommitAsync(first.Token, new FlagCommit([Flag], 7, 0), CancellationToken.None);
        await store.CommitAsync(first.Token, new FlagCommit([Flag with { Peak = 99 }, Flag with { Identity = 1 }], 5, 0), CancellationToken.None);

        var next = await store.TakeOverAsync(CancellationToken.None);

        Assert.Equal(7, next.ReadFrom);
        Assert.Equal([Flag with { Identity = 1 }, Flag with { Peak = 99 }], next.Flags.OrderBy(flag => flag.Identity));
    }

    [Fact]
    public async Task Commit_ForgetsWhatHasEnded()
    {
        var store = Open();
        var owner = await store.TakeOverAsync(CancellationToken.None);
        await store.CommitAsync(owner.Token, new FlagCommit([Flag, Flag with { Identity = 1, UntilMs = 5_001 }], 0, 5_000), CancellationToken.None);

        var kept = Assert.Single((await store.TakeOverAsync(CancellationToken.None)).Flags);

        Assert.Equal(1UL, kept.Identity);
    }

    [Fact]
    public async Task Commit_OfAFormerOwner_WritesNothing()
    {
        var store = Open();
        var former = await store.TakeOverAsync(CancellationToken.None);
        await store.TakeOverAsync(CancellationToken.None);

        await Assert.ThrowsAsync<FlagsTakenOverException>(
            () => store.CommitAsync(former.Token, new FlagCommit([Flag], 9, 0), CancellationToken.None).AsTask());

        var state = await store.TakeOverAsync(CancellationToken.None);
        Assert.Equal((0, 0), (state.ReadFrom, state.Flags.Count));
    }
}

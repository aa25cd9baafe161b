using ClickFuncs.Sessions;

namespace ClickFuncs.Testing.Sessions;

/// <summary>What every store of ended sessions does; each adapter's tests inherit it.</summary>
public abstract class SessionRevocationsContract
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken None => CancellationToken.None;

    /// <summary>The store under test; empty, and the same one through a test.</summary>
    protected abstract ISessionRevocations Store { get; }

    [Fact]
    public async Task Revoke_ASession_EndsItAndNoOther()
    {
        BrowserSession ended = new("0a", Now.AddHours(1)), other = new("0b", Now.AddHours(1));
        Assert.False(await Store.IsRevokedAsync(ended, None));

        await Store.RevokeAsync(ended, Now, None);
        await Store.RevokeAsync(ended, Now.AddSeconds(1), None);

        Assert.True(await Store.IsRevokedAsync(ended, None));
        Assert.False(await Store.IsRevokedAsync(other, None));
    }

    [Fact]
    public async Task Revoke_LaterOnes_ForgetsWhatIsOverAndNothingElse()
    {
        BrowserSession over = new("0a", Now.AddMinutes(1)), justOver = new("0b", Now.AddHours(1)), lasting = new("0c", Now.AddHours(2));
        foreach (var session in (BrowserSession[])[over, justOver, lasting])
            await Store.RevokeAsync(session, Now, None);

        await Store.RevokeAsync(new BrowserSession("0d", Now.AddHours(3)), justOver.Ends + BrowserSession.KeptBeyondEnd, None);

        Assert.False(await Store.IsRevokedAsync(over, None));
        Assert.True(await Store.IsRevokedAsync(justOver, None));
        Assert.True(await Store.IsRevokedAsync(lasting, None));
    }
}

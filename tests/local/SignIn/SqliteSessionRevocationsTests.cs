using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.SignIn;
using ClickFuncs.Local.Tests.State;
using ClickFuncs.Sessions;
using ClickFuncs.Testing.Sessions;

namespace ClickFuncs.Local.Tests.SignIn;

public sealed class SqliteSessionRevocationsTests : SessionRevocationsContract, IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _folder = new();
    private readonly SqliteSessionRevocations _store;

    public SqliteSessionRevocationsTests() => _store = new SqliteSessionRevocations(File);

    protected override ISessionRevocations Store => _store;

    private string File => new DataDirectory(_folder.Path).RevokedSessions;

    [Fact]
    public async Task Revoke_ThenOpenedAnew_IsRemembered()
    {
        var session = new BrowserSession("0a", Now.AddHours(1));
        await _store.RevokeAsync(session, Now, CancellationToken.None);
        using var reopened = new SqliteSessionRevocations(File);
        Assert.True(await reopened.IsRevokedAsync(session, CancellationToken.None));
    }

    [Fact]
    public async Task Revoke_ManyOverDays_KeepsThoseOfOneLifetime()
    {
        var lifetime = TimeSpan.FromHours(12);
        for (var hour = 0; hour < 100; hour++)
            await _store.RevokeAsync(new BrowserSession($"{hour:x4}", Now.AddHours(hour) + lifetime), Now.AddHours(hour), CancellationToken.None);
        Assert.Equal(13, _store.Count());
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}

using ClickFuncs.ApiKeys;

namespace ClickFuncs.Testing.ApiKeys;

/// <summary>What every store of API keys does; each adapter's tests inherit it.</summary>
public abstract class ApiKeyStoreContract
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken None => CancellationToken.None;

    /// <summary>The store under test; empty, and the same one through a test.</summary>
    protected abstract IApiKeyStore Store { get; }

    [Fact]
    public async Task Add_AKey_IsFoundInEveryField()
    {
        var scoped = ApiKeyText.Make("shop's server ø", "adv_1", Now, out _);
        var platform = ApiKeyText.Make("ad server", null, Now.AddSeconds(1), out _);
        await Store.AddAsync(platform, None);
        await Store.AddAsync(scoped, None);

        AssertSame(scoped, await Store.FindAsync(scoped.Id, None));
        AssertSame(platform, await Store.FindAsync(platform.Id, None));
        Assert.Equal([scoped.Id, platform.Id], (await Store.ListAsync(None)).Select(key => key.Id));
        Assert.Null(await Store.FindAsync("000000000000", None));
    }

    [Fact]
    public async Task Add_AnIdThatIsThere_IsRefusedAndChangesNothing()
    {
        var first = ApiKeyText.Make("first", "adv_1", Now, out _);
        await Store.AddAsync(first, None);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Store.AddAsync(first with { AdvertiserId = null }, None));

        AssertSame(first, await Store.FindAsync(first.Id, None));
    }

    [Fact]
    public async Task Revoke_Twice_KeepsTheFirstTime()
    {
        var key = ApiKeyText.Make("k", "adv_1", Now, out _);
        await Store.AddAsync(key, None);

        Assert.True(await Store.RevokeAsync(key.Id, Now.AddHours(1), None));
        Assert.True(await Store.RevokeAsync(key.Id, Now.AddHours(2), None));
        Assert.False(await Store.RevokeAsync("000000000000", Now, None));

        AssertSame(key with { RevokedAt = Now.AddHours(1) }, await Store.FindAsync(key.Id, None));
    }

    private static void AssertSame(ApiKey expected, ApiKey? found)
    {
        Assert.NotNull(found);
        Assert.Equal(expected.Hash.ToArray(), found.Hash.ToArray());
        Assert.Equal(expected with { Hash = default }, found with { Hash = default });
    }
}

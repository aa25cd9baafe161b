using ClickFuncs.ApiKeys;
using ClickFuncs.Testing.ApiKeys;

namespace ClickFuncs.Core.Tests.ApiKeys;

public sealed class ApiKeyTests : ApiKeyStoreContract
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    protected override IApiKeyStore Store { get; } = new InMemoryApiKeyStore();

    [Fact]
    public void IsGood_AnyCharacterChanged_IsNot()
    {
        var key = ApiKeyText.Make("k", null, Now, out var text);

        Assert.True(ApiKeyText.TryReadId(text, out var id));
        Assert.Equal(key.Id, id);
        Assert.True(ApiKeyText.IsGood(text, key));
        for (var at = 0; at < text.Length; at++)
            Assert.False(ApiKeyText.IsGood($"{text[..at]}{(text[at] == 'x' ? 'y' : 'x')}{text[(at + 1)..]}", key));
        Assert.False(ApiKeyText.IsGood(text + "x", key));
        Assert.False(ApiKeyText.IsGood(text, key with { RevokedAt = Now }));
    }

    [Fact]
    public void Make_AKey_KeepsNothingOfIt()
    {
        var key = ApiKeyText.Make("k", null, Now, out var text);

        Assert.DoesNotContain(text[17..], key.ToString(), StringComparison.Ordinal);
        Assert.Equal(32, key.Hash.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("cfk_")]
    [InlineData("cfk_0123456789ab")]
    [InlineData("cfk_0123456789AB_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("cfk_0123456789ab-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("cfx_0123456789ab_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void TryReadId_OfNoKey_IsFalse(string text) => Assert.False(ApiKeyText.TryReadId(text, out _));
}

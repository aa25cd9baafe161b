using System.Net;
using System.Text.Json.Nodes;
using ClickFuncs.Api.Tests.Hosting;

namespace ClickFuncs.Api.Tests.SignIn;

public sealed class TokenTests
{
    private const string Advertisers = "/api/v1/catalog/advertisers";

    [Theory]
    [InlineData("ES256", "ec-1")]
    [InlineData("RS256", "rsa-1")]
    [InlineData("PS256", "rsa-1")]
    public async Task Token_OfEachAllowedAlgorithm_IsAccepted(string algorithm, string kid)
    {
        await using var host = await ApiHost.StartAsync();
        var issuer = TestIssuer.Shared;
        Func<byte[], byte[]> sign = algorithm switch { "ES256" => issuer.SignEs256, "RS256" => issuer.SignRs256, _ => issuer.SignPs256 };

        Assert.Equal(HttpStatusCode.OK, await AskAsync(host, TestIssuer.Sign(TestIssuer.Header(algorithm, kid), TestIssuer.Claims(), sign)));
    }

    [Theory]
    [InlineData(3659, HttpStatusCode.OK)]
    [InlineData(3660, HttpStatusCode.Unauthorized)]
    public async Task Token_PastItsEnd_IsAcceptedWithinTheSkewOnly(int seconds, HttpStatusCode expected)
    {
        await using var host = await ApiHost.StartAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(expected, await AskAsync(host, TestIssuer.Shared.Token()));
    }

    [Theory]
    [InlineData(60, HttpStatusCode.OK)]
    [InlineData(61, HttpStatusCode.Unauthorized)]
    public async Task Token_BeforeItsStart_IsAcceptedWithinTheSkewOnly(int seconds, HttpStatusCode expected)
    {
        await using var host = await ApiHost.StartAsync();

        Assert.Equal(expected, await AskAsync(host, TestIssuer.Shared.Token(TestIssuer.ClaimsWith("nbf", TestIssuer.At(TimeSpan.FromSeconds(seconds))))));
    }

    [Fact]
    public async Task Token_ForSeveralAudiences_IsAccepted()
    {
        await using var host = await ApiHost.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await AskAsync(host, TestIssuer.Shared.Token(TestIssuer.ClaimsWith("aud", new JsonArray("other", "clickfuncs")))));
    }

    [Fact]
    public async Task Token_WithOneRoleAsText_HasIt()
    {
        await using var host = await ApiHost.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await AskAsync(host, TestIssuer.Shared.Token(TestIssuer.ClaimsWith("roles", "finance"))));
    }

    [Fact]
    public async Task Token_WithClaimsOfOtherNames_IsReadAsConfigured()
    {
        await using var host = await ApiHost.StartAsync(settings: [("SignIn:RoleClaim", "groups"), ("SignIn:AdvertiserClaim", "customer"), ("SignIn:Audience", "ads")]);
        var claims = TestIssuer.Claims("operator", "adv_88f7e6d5");
        claims["groups"] = "advertiser";
        claims["customer"] = "adv_2";
        claims["aud"] = "ads";

        using var answer = await host.GetAsync(Advertisers, ("Authorization", $"Bearer {TestIssuer.Shared.Token(claims)}"));

        Assert.Equal("""{"advertisers":["adv_2"],"next":null}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Token_SchemeInOtherLetters_IsAccepted()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.GetAsync(Advertisers, ("Authorization", $"bearer {TestIssuer.Shared.Token()}"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("{", "can't be read")]
    [InlineData("{\"keys\":[]}", "holds no RSA or EC signing key")]
    [InlineData("{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}]}", "holds no RSA or EC signing key")]
    public async Task Start_WithAnUnusableKeySet_SaysWhy(string keys, string why)
    {
        using var issuer = new TestIssuer();
        await File.WriteAllTextAsync(issuer.KeySetFile, keys);

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => ApiHost.StartAsync(settings: ("SignIn:KeySetFile", issuer.KeySetFile)));

        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.Contains(issuer.KeySetFile, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://login.example.com/", null, null, "https address")]
    [InlineData("https://login.example.com/", "/keys.json", null, "Authority names its issuer")]
    [InlineData(null, "/keys.json", null, "need each other")]
    [InlineData(null, "keys.json", "https://issuer.test/", "full path")]
    public async Task Start_WithSettingsThatContradict_NamesThem(string? authority, string? keySet, string? issuer, string why)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => ApiHost.StartAsync(
            settings: [("SignIn:Authority", authority), ("SignIn:KeySetFile", keySet), ("SignIn:Issuer", issuer)]));

        Assert.Contains(why, failure.ToString(), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> AskAsync(ApiHost host, string token)
    {
        using var answer = await host.GetAsync(Advertisers, ("Authorization", $"Bearer {token}"));
        return answer.StatusCode;
    }
}

using System.Net;
using System.Security.Cryptography;
using ClickFuncs.Api.Tests.Hosting;

namespace ClickFuncs.Api.Tests.SignIn;

public sealed class KeyRotationTests
{
    // The keys are read again in the background: how many more requests may pass until then, each taking about a millisecond.
    private const int Patience = 3000;

    private readonly ECDsa _new = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public async Task KeySetFile_GetsAnotherKey_BothAreAccepted()
    {
        using var issuer = new TestIssuer();
        await using var host = await ApiHost.StartAsync(settings: ("SignIn:KeySetFile", issuer.KeySetFile));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(host, issuer.Token()));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(host, NewToken()));

        await using var after = await ApiHost.StartAsync(settings: ("SignIn:KeySetFile", issuer.KeySetFile));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(after, issuer.Token()));
        issuer.Publish(TestIssuer.Ec("ec-1", issuer.EcKey), TestIssuer.Ec("ec-new", _new));

        Assert.True(await AcceptsSoonAsync(after, NewToken()));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(after, issuer.Token()));
    }

    [Fact]
    public async Task KeySetFile_DamagedWhileRunning_KeepsTheKeysItHad()
    {
        using var issuer = new TestIssuer();
        await using var host = await ApiHost.StartAsync(settings: ("SignIn:KeySetFile", issuer.KeySetFile));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(host, issuer.Token()));
        await File.WriteAllTextAsync(issuer.KeySetFile, "{");

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(host, NewToken()));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(host, issuer.Token()));
    }

    [Fact]
    public async Task Authority_RotatesItsKey_TheNewOneIsAccepted()
    {
        using var issuer = new TestIssuer();
        await using var authority = await TestAuthority.StartAsync(TestIssuer.KeySet(TestIssuer.Ec("ec-1", issuer.EcKey)));
        await using var host = await ApiHost.StartAsync(
            settings: [("SignIn:KeySetFile", null), ("SignIn:Issuer", null), ("SignIn:Authority", authority.Url), ("Api:RequestsPerMinute", "1000000")]);
        var claims = TestIssuer.ClaimsWith("iss", authority.Url);
        // No token is refused before the rotation: a refused one has the keys read again, which happens at most every 30 s.
        Assert.Equal(HttpStatusCode.OK, await AskAsync(host, issuer.Token(claims)));

        authority.Keys = TestIssuer.KeySet(TestIssuer.Ec("ec-new", _new));
        var fresh = TestIssuer.Sign(TestIssuer.Header("ES256", "ec-new"), claims, text => _new.SignData(text, HashAlgorithmName.SHA256));
        Assert.True(await AcceptsSoonAsync(host, fresh));
    }

    [Fact]
    public async Task Authority_TokenOfAnotherIssuer_IsRefused()
    {
        using var issuer = new TestIssuer();
        await using var authority = await TestAuthority.StartAsync(TestIssuer.KeySet(TestIssuer.Ec("ec-1", issuer.EcKey)));
        await using var host = await ApiHost.StartAsync(
            settings: [("SignIn:KeySetFile", null), ("SignIn:Issuer", null), ("SignIn:Authority", authority.Url)]);

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(host, issuer.Token()));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(host, issuer.Token(TestIssuer.ClaimsWith("iss", authority.Url))));
    }

    [Fact]
    public async Task Authority_AskedForManyUnknownKeys_IsNotAskedEachTime()
    {
        using var issuer = new TestIssuer();
        await using var authority = await TestAuthority.StartAsync(TestIssuer.KeySet(TestIssuer.Ec("ec-1", issuer.EcKey)));
        await using var host = await ApiHost.StartAsync(
            settings: [("SignIn:KeySetFile", null), ("SignIn:Issuer", null), ("SignIn:Authority", authority.Url)]);
        var claims = TestIssuer.ClaimsWith("iss", authority.Url);
        for (var i = 0; i < 200; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(host, TestIssuer.Sign(TestIssuer.Header("ES256", $"ec-unknown-{i}"), claims, issuer.SignEs256)));

        Assert.Equal(HttpStatusCode.OK, await AskAsync(host, issuer.Token(claims)));
        // At the first token, at the first unknown key, and after 30 s if this takes so long.
        Assert.InRange(authority.Fetches, 1, 3);
    }

    [Fact]
    public async Task Authority_ThatDoesNotAnswer_RefusesTokensAndNothingElse()
    {
        await using var authority = await TestAuthority.StartAsync("{\"keys\":[]}");
        var url = authority.Url;
        await authority.DisposeAsync();
        await using var host = await ApiHost.StartAsync(settings: [("SignIn:KeySetFile", null), ("SignIn:Issuer", null), ("SignIn:Authority", url)]);

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(host, TestIssuer.Shared.Token()));
        using var health = await host.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    private string NewToken() =>
        TestIssuer.Sign(TestIssuer.Header("ES256", "ec-new"), TestIssuer.Claims(), text => _new.SignData(text, HashAlgorithmName.SHA256));

    private static async Task<bool> AcceptsSoonAsync(ApiHost host, string token)
    {
        for (var i = 0; i < Patience; i++)
        {
            if (await AskAsync(host, token) == HttpStatusCode.OK)
                return true;
        }

        return false;
    }

    private static async Task<HttpStatusCode> AskAsync(ApiHost host, string token)
    {
        using var answer = await host.GetAsync("/api/v1/session", ("Authorization", $"Bearer {token}"));
        return answer.StatusCode;
    }
}

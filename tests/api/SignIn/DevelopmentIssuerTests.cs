using System.Net;
using ClickFuncs.Api.SignIn.Tokens;
using ClickFuncs.Api.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace ClickFuncs.Api.Tests.SignIn;

/// <summary>A host with two issuers whose keys bear the same <c>kid</c>: each key counts under its own issuer's name only.</summary>
public sealed class DevelopmentIssuerTests : IDisposable
{
    private readonly TestIssuer _development = new();

    public void Dispose() => _development.Dispose();

    [Theory]
    [InlineData(true, DevelopmentIssuer.Name, HttpStatusCode.OK)]
    [InlineData(true, TestIssuer.Name, HttpStatusCode.Unauthorized)]
    [InlineData(false, DevelopmentIssuer.Name, HttpStatusCode.Unauthorized)]
    [InlineData(false, TestIssuer.Name, HttpStatusCode.OK)]
    public async Task Token_ByKeyAndName_IsAcceptedIfTheyBelongTogether(bool isDevelopmentKey, string issuer, HttpStatusCode expected)
    {
        await using var host = await StartAsync();
        var token = (isDevelopmentKey ? _development : TestIssuer.Shared).Token(TestIssuer.ClaimsWith("iss", issuer));

        using var answer = await host.GetAsync("/api/v1/session", ("Authorization", $"Bearer {token}"));

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Token_OfTheDevelopmentIssuer_IsEs256Only()
    {
        await using var host = await StartAsync();
        var token = TestIssuer.Sign(TestIssuer.Header("RS256", "ec-1"), TestIssuer.ClaimsWith("iss", DevelopmentIssuer.Name), _development.SignRs256);

        using var answer = await host.GetAsync("/api/v1/session", ("Authorization", $"Bearer {token}"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private Task<ApiHost> StartAsync() => ApiHost.StartAsync(
        add: services => services.AddSingleton(new DevelopmentIssuer(new JsonWebKey(TestIssuer.Ec("ec-1", _development.EcKey).ToJsonString()))));
}

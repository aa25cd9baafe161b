using System.Net;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Local.SignIn;

namespace ClickFuncs.Local.Tests.SignIn;

public sealed class DevelopmentIssuerRuleTests
{
    private static readonly SignInOptions WithAuthority = new() { Authority = "https://login.example.com/" };

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2")]
    [InlineData("::1")]
    public void IsActive_OnLoopback_Always(string address)
    {
        Assert.True(DevelopmentIssuerRule.IsActive(IPAddress.Parse(address), new SignInOptions()));
        Assert.True(DevelopmentIssuerRule.IsActive(IPAddress.Parse(address), WithAuthority));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public void IsActive_BeyondLoopback_OnlyIfAllowed(string address)
    {
        Assert.False(DevelopmentIssuerRule.IsActive(IPAddress.Parse(address), WithAuthority));
        Assert.True(DevelopmentIssuerRule.IsActive(IPAddress.Parse(address), new SignInOptions { AllowDevelopmentIssuer = true }));
    }

    [Fact]
    public void IsActive_BeyondLoopbackWithoutAnyIssuer_RefusesAndSaysWhatToSet()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => DevelopmentIssuerRule.IsActive(IPAddress.Any, new SignInOptions()));
        Assert.Contains("SignIn:Authority", failure.Message, StringComparison.Ordinal);
    }
}

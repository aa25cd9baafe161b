namespace ClickFuncs.Infra.Tests.Bicep;

/// <summary>
/// The worker of the app sees its own machine as the other end of every connection, since the Functions host forwards requests. What the product
/// grants to that end, and takes for the client's address, must be set accordingly.
/// </summary>
public sealed class ForwardingTests
{
    private static readonly string Main = Repository.Read("infra", "main.bicep");

    [Fact]
    public void Metrics_FromLoopback_AreNotOpen() =>
        Assert.Contains("ClickFuncs__SignIn__OpenMetricsOnLoopback: 'false'", Main, StringComparison.Ordinal);

    [Fact]
    public void ClientAddress_BehindTheHost_ComesFromTheHeader()
    {
        Assert.Contains("ClickFuncs__Redirect__ForwardedForHeader: 'X-Forwarded-For'", Main, StringComparison.Ordinal);
        // The host and nobody else: what the client wrote into the header stands before what the platform added.
        Assert.Contains("ClickFuncs__Redirect__TrustedProxies__0: '127.0.0.0/8'", Main, StringComparison.Ordinal);
        Assert.Contains("ClickFuncs__Redirect__TrustedProxies__1: '::1/128'", Main, StringComparison.Ordinal);
        Assert.DoesNotContain("TrustedProxies__2", Main, StringComparison.Ordinal);
    }
}

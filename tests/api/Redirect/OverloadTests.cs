using System.Net;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Log;

namespace ClickFuncs.Api.Tests.Redirect;

/// <summary>R18: overload is answered at once, and nothing is queued without bound.</summary>
public sealed class OverloadTests
{
    [Fact]
    public async Task Get_MoreInFlightThanAllowed_Is503AtOnceAndRecovers()
    {
        await using var host = await ApiHost.StartAsync(settings: ("Redirect:MaxInFlight", "1"));
        host.Log.Hold();
        var first = host.GetAsync(host.Link());
        await host.Log.Arrived;

        using var second = await host.GetAsync(host.Link());
        AssertTryAgain(second);
        host.Log.Release();
        using var answered = await first;
        Assert.Equal(HttpStatusCode.Found, answered.StatusCode);

        using var third = await host.GetAsync(host.Link());
        Assert.Equal(HttpStatusCode.Found, third.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Get_LogRefuses_Is503AndRecovers(bool overloaded)
    {
        await using var host = await ApiHost.StartAsync(settings: ("Redirect:MaxInFlight", "1"));
        host.Log.Failure = overloaded ? new LogOverloadedException("full") : new LogUnavailableException("disk");

        AssertTryAgain(await host.GetAsync(host.Link()));
        AssertTryAgain(await host.GetAsync(host.Link()));
        host.Log.Failure = null;

        using var response = await host.GetAsync(host.Link());
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
    }

    [Fact]
    public async Task Get_CatalogNeverRead_Is503UntilItIs()
    {
        await using var host = await ApiHost.StartAsync(fail: store => store.Failure = new IOException("no disk"));

        AssertTryAgain(await host.GetAsync(host.Link()));
        using var health = await host.GetAsync("/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains("\"status\":\"unhealthy\"", await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static void AssertTryAgain(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("1", response.Headers.GetValues("Retry-After").Single());
        Assert.Null(response.Headers.Location);
    }
}

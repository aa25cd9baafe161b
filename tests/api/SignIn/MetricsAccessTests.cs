using System.Net;
using ClickFuncs.Api.Tests.Hosting;

namespace ClickFuncs.Api.Tests.SignIn;

public sealed class MetricsAccessTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("Host", "localhost:7071")]
    [InlineData("Host", "[::1]:7071")]
    public async Task Metrics_FromThisMachine_AreOpen(string? header, string? value) =>
        Assert.Equal(HttpStatusCode.OK, await StatusAsync([], header, value));

    [Theory]
    [InlineData("Host", "ads.example.com")]
    [InlineData("Host", "127.0.0.1.evil.test")]
    [InlineData("Host", "localhost.evil.test")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    public async Task Metrics_AsFarAsSeenThroughAProxy_NeedCredentials(string header, string value) =>
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync([], header, value));

    [Fact]
    public async Task Metrics_WhereTurnedOffOrBehindKnownProxies_NeedCredentials()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync([("SignIn:OpenMetricsOnLoopback", "false")]));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync([("Redirect:TrustedProxies:0", "10.0.0.0/8")]));
    }

    private static async Task<HttpStatusCode> StatusAsync((string, string?)[] settings, string? header = null, string? value = null)
    {
        await using var host = await ApiHost.StartAsync(settings: settings);
        using var answer = await host.GetAsync("/metrics", header is null ? [] : [(header, value!)]);
        return answer.StatusCode;
    }
}

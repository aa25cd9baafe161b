using System.Net;
using ClickFuncs.Api.Tests.Hosting;

namespace ClickFuncs.Api.Tests.Requests;

public sealed class RequestHeaderTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("A.b_c-9")]
    public async Task RequestId_OfTheCaller_ComesBack(string id)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.GetAsync("/health", ("X-Request-Id", id));
        Assert.Equal(id, Id(answer));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("<script>")]
    [InlineData("a,b")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task RequestId_ThatIsNone_IsReplaced(string sent)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.GetAsync("/health", ("X-Request-Id", sent));
        Assert.Matches("^[0-9a-f]{32}$", Id(answer));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/live.js")]
    [InlineData("/health")]
    [InlineData("/api/v1/session")]
    [InlineData("/nothing")]
    [InlineData("/signin/once/x")]
    public async Task Answer_OfAnyKind_TellsBrowsersToBeStrict(string path)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.GetAsync(path);

        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.NotEmpty(Id(answer));
    }

    [Fact]
    public async Task Click_WithWhateverCredentials_IsAnsweredWithoutLookingAtThem()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.GetAsync(
            host.Link(), ("Authorization", "Bearer x"), ("Cookie", "cf_session=x; cf_optout=1"), ("X-Request-Id", "a"));

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        // Nothing of what other requests go through was there.
        Assert.Equal(
            ["Cache-Control", "Content-Length", "Date", "Location"],
            answer.Headers.Concat(answer.Content.Headers).Select(header => header.Key).Order(StringComparer.Ordinal));
    }

    private static string Id(HttpResponseMessage answer) => answer.Headers.GetValues("X-Request-Id").Single();
}

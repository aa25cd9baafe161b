using System.Net;
using System.Text.Json;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Links;

namespace ClickFuncs.Api.Tests.Redirect;

/// <summary>R5: a bad link is answered with a problem, never with a redirect, and nothing is recorded.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Get_TamperedToken_IsForbidden()
    {
        await using var host = await ApiHost.StartAsync();
        var link = host.Link();
        var changed = link[..20] + (link[20] == 'A' ? 'B' : 'A') + link[21..];

        await AssertRefusedAsync(host, changed, HttpStatusCode.Forbidden, "/problems/link-bad-signature", "bad_signature");
    }

    [Theory]
    [InlineData("cost_per_click=0.45", "cost_per_click=0.01")]
    [InlineData("redirect_url=https%3A%2F%2Fshop.example", "redirect_url=https%3A%2F%2Fevil.example")]
    [InlineData("click_id=clk_1", "click_id=clk_2")]
    public async Task Get_TamperedParameter_IsForbidden(string original, string changed)
    {
        await using var host = await ApiHost.StartAsync();
        var link = host.Links.MakeExplicit(ApiHost.Entry(), "clk_1");

        await AssertRefusedAsync(
            host, link.Replace(original, changed, StringComparison.Ordinal), HttpStatusCode.Forbidden, "/problems/link-bad-signature", "bad_signature");
    }

    [Theory]
    [InlineData("/c/")]
    [InlineData("/c/nonsense")]
    [InlineData("/c/a/b/c")]
    [InlineData("/c/%0d%0aLocation:%20x")]
    [InlineData("/api/v1/clicks")]
    [InlineData("/api/v1/clicks?redirect_url=https://evil.example/")]
    [InlineData("/api/v1/clicks?ad_id=ad_99a2c3d4&campaign_id=c&advertiser_id=a&click_id=x&user_id=&cost_per_click=1&timestamp=1&redirect_url=https://evil.example/&kid=1")]
    public async Task Get_Unsigned_IsMalformed(string path)
    {
        await using var host = await ApiHost.StartAsync();

        await AssertRefusedAsync(host, path, HttpStatusCode.BadRequest, "/problems/link-malformed", "malformed");
    }

    [Fact]
    public async Task Get_UnknownKey_IsForbidden()
    {
        await using var host = await ApiHost.StartAsync();
        var ring = new LinkKeyRing([new LinkKey(9, new byte[32])], 9);
        var link = new LinkMaker(ring, new LinkOptions(), host.Clock).MakeCompact(ApiHost.Entry());

        await AssertRefusedAsync(host, link, HttpStatusCode.Forbidden, "/problems/link-unknown-key", "unknown_key");
    }

    [Fact]
    public async Task Get_ExpiredLink_IsGone()
    {
        await using var host = await ApiHost.StartAsync();
        var link = host.Link();
        host.Clock.Advance(TimeSpan.FromHours(24));

        await AssertRefusedAsync(host, link, HttpStatusCode.Gone, "/problems/link-expired", "expired");
    }

    [Fact]
    public async Task Get_AdStates_AnswerAsUsersExpect()
    {
        await using var host = await ApiHost.StartAsync();

        await AssertRefusedAsync(host, host.Link("ad_archived"), HttpStatusCode.NotFound, "/problems/ad-inactive", "ad_inactive");
        await AssertRefusedAsync(host, host.Link("ad_none"), HttpStatusCode.NotFound, "/problems/ad-unknown", "unknown_ad");
        await AssertRefusedAsync(host, host.Link("ad_seen"), HttpStatusCode.NotFound, "/problems/ad-no-landing-page", "no_landing_page");
        await AssertRefusedAsync(
            host, host.Links.MakeExplicit(ApiHost.Entry("ad_other")), HttpStatusCode.Conflict, "/problems/ad-mismatch", "ad_mismatch");
        using var paused = await host.GetAsync(host.Link("ad_paused"));
        Assert.Equal(HttpStatusCode.Found, paused.StatusCode);
        Assert.Single(host.Log.Records);
    }

    [Fact]
    public async Task Post_ClickLink_IsNotAllowed()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.SendAsync(HttpMethod.Post, host.Link());

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow);
        Assert.Empty(host.Log.Records);
    }

    private static async Task AssertRefusedAsync(ApiHost host, string path, HttpStatusCode status, string type, string code)
    {
        using var response = await host.GetAsync(path);

        Assert.Equal(status, response.StatusCode);
        Assert.Null(response.Headers.Location);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var body = problem.RootElement;
        Assert.Equal((type, code, (int)status),
            (body.GetProperty("type").GetString(), body.GetProperty("code").GetString(), body.GetProperty("status").GetInt32()));
        Assert.NotEmpty(body.GetProperty("title").GetString()!);
        Assert.EndsWith(".", body.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        Assert.Empty(host.Log.Records);
    }
}

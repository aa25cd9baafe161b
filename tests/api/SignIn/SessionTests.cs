using System.Net;
using System.Text;
using System.Text.Json;
using ClickFuncs.Api.Tests.Hosting;

namespace ClickFuncs.Api.Tests.SignIn;

public sealed class SessionTests
{
    private const string Session = "/api/v1/session";

    [Fact]
    public async Task SignIn_WithAToken_SetsACookieThatScriptsAndOtherSitesDoNotGet()
    {
        await using var host = await ApiHost.StartAsync();
        var token = TestIssuer.Shared.Token();
        var browser = await SignedInBrowser.StartAsync(host, token);

        Assert.StartsWith("cf_session=", browser.SetCookie, StringComparison.Ordinal);
        Assert.Equal(["httponly", "path=/", "samesite=strict"], browser.SetCookie.Split("; ")[1..].Order(StringComparer.Ordinal));
        Assert.DoesNotContain(token.Split('.')[1], browser.SetCookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_WhereCookiesAreAlwaysSecure_SaysSoInNameAndAttribute()
    {
        await using var host = await ApiHost.StartAsync(settings: ("SignIn:SecureCookie", "true"));
        var browser = await SignedInBrowser.StartAsync(host);

        Assert.StartsWith("__Host-cf_session=", browser.SetCookie, StringComparison.Ordinal);
        Assert.Equal(["httponly", "path=/", "samesite=strict", "secure"], browser.SetCookie.Split("; ")[1..].Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Session_OfAnAdvertiser_IsWhoTheTokenSaid()
    {
        await using var host = await ApiHost.StartAsync();
        var browser = await SignedInBrowser.StartAsync(host, TestIssuer.Shared.TokenOf("advertiser", "adv_2"));

        var session = await browser.SessionAsync();
        using var advertisers = await browser.SendAsync(HttpMethod.Get, "/api/v1/catalog/advertisers");

        Assert.Equal("user-1", session.GetProperty("subject").GetString());
        Assert.Equal("""["advertiser"]""", session.GetProperty("roles").GetRawText());
        Assert.Equal("""["adv_2"]""", session.GetProperty("advertisers").GetRawText());
        Assert.Equal("2026-07-01T13:00:00Z", session.GetProperty("expires_at").GetString());
        Assert.Equal("""{"advertisers":["adv_2"],"next":null}""", await advertisers.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(120, 60)]
    [InlineData(5, 5)]
    public async Task Session_InTime_EndsWithTheTokenOrTheLongestSession(int longestMinutes, int endsAfterMinutes)
    {
        await using var host = await ApiHost.StartAsync(settings: ("SignIn:SessionLifetime", $"{TimeSpan.FromMinutes(longestMinutes)}"));
        var browser = await SignedInBrowser.StartAsync(host);

        host.Clock.Advance(TimeSpan.FromMinutes(endsAfterMinutes));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(HttpMethod.Get, Session));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        using var over = await browser.SendAsync(HttpMethod.Get, Session);

        Assert.Equal(HttpStatusCode.Unauthorized, over.StatusCode);
        Assert.Contains("session_over", await over.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_NotFromThisServer_IsRefused()
    {
        await using var host = await ApiHost.StartAsync();
        await using var other = await ApiHost.StartAsync();
        var stranger = await SignedInBrowser.StartAsync(other);
        var cookie = (await SignedInBrowser.StartAsync(host)).Cookie;
        foreach (var bad in (string[])[stranger.Cookie, cookie[..^5], cookie.Replace('A', 'B'), "cf_session=", "cf_session=x", $"cf_session={TestIssuer.Shared.Token()}", "cf_session=chunks-99"])
        {
            using var answer = await host.GetAsync(Session, ("Cookie", bad));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task SignOut_WithTheSessionsToken_TakesTheCookieAway()
    {
        await using var host = await ApiHost.StartAsync();
        var browser = await SignedInBrowser.StartAsync(host);
        var secret = (await browser.SessionAsync()).GetProperty("csrf_token").GetString()!;

        using var answer = await browser.SendAsync(HttpMethod.Post, "/signout", ("X-CSRF-Token", secret));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var gone = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("cf_session=; expires=Thu, 01 Jan 1970", gone, StringComparison.Ordinal);
        Assert.EndsWith("samesite=strict; httponly", gone, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_ThenACopyOfTheCookie_IsRefusedAndOtherSessionsAreNot()
    {
        await using var host = await ApiHost.StartAsync();
        var browser = await SignedInBrowser.StartAsync(host);
        var otherDevice = await SignedInBrowser.StartAsync(host);
        var secret = (await browser.SessionAsync()).GetProperty("csrf_token").GetString()!;
        var copy = browser.Cookie;

        Assert.Equal(HttpStatusCode.NoContent, await browser.StatusAsync(HttpMethod.Post, "/signout", ("X-CSRF-Token", secret)));

        foreach (var path in (string[])[Session, "/api/v1/catalog/advertisers"])
        {
            using var replayed = await host.GetAsync(path, ("Cookie", copy));
            Assert.Equal(HttpStatusCode.Unauthorized, replayed.StatusCode);
            Assert.Contains("session_over", await replayed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var again = await host.SendAsync(HttpMethod.Post, "/signout", ("Cookie", copy), ("X-CSRF-Token", secret));
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await otherDevice.StatusAsync(HttpMethod.Get, Session));
    }

    [Fact]
    public async Task Change_BySessionWithoutItsToken_IsRefused()
    {
        await using var host = await ApiHost.StartAsync();
        var browser = await SignedInBrowser.StartAsync(host);
        var another = (await (await SignedInBrowser.StartAsync(host)).SessionAsync()).GetProperty("csrf_token").GetString()!;
        var own = (await browser.SessionAsync()).GetProperty("csrf_token").GetString()!;

        foreach (var sent in (string?[])[null, "", another, own[..^1], own + "x", own.ToUpperInvariant()])
        {
            using var answer = await browser.SendAsync(HttpMethod.Post, "/signout", sent is null ? [] : [("X-CSRF-Token", sent)]);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains("forged_request", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(HttpMethod.Get, Session));
    }

    [Fact]
    public async Task Change_ByToken_NeedsNoOther()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.SendAsync(HttpMethod.Post, "/signout", ("Authorization", $"Bearer {TestIssuer.Shared.Token()}"));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task Request_WithCookieAndAWrongToken_IsJudgedByTheTokenAlone()
    {
        await using var host = await ApiHost.StartAsync();
        var browser = await SignedInBrowser.StartAsync(host);
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync(HttpMethod.Get, Session, ("Authorization", "Bearer x")));
    }

    [Fact]
    public async Task SignIn_WithAnyWrongToken_OpensNothing()
    {
        await using var host = await ApiHost.StartAsync();
        foreach (var (wrong, header) in WrongTokens.All.Where(w => w.Value.StartsWith("Bearer ", StringComparison.Ordinal)))
        {
            using var answer = await SignedInBrowser.PostTokenAsync(host, header["Bearer ".Length..]);
            var expected = wrong == "nothing after the scheme" ? HttpStatusCode.BadRequest : HttpStatusCode.Unauthorized;
            Assert.True(answer.StatusCode == expected, $"{wrong}: {answer.StatusCode}");
            Assert.False(answer.Headers.Contains("Set-Cookie"), wrong);
        }
    }

    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", HttpStatusCode.OK)]
    [InlineData("none", HttpStatusCode.OK)]
    public async Task SignIn_FromAPage_IsAcceptedFromOwnPagesOnly(string site, HttpStatusCode expected)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await SignedInBrowser.PostTokenAsync(host, TestIssuer.Shared.Token(), ("Sec-Fetch-Site", site));
        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "token=x", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("text/plain", "{\"token\":\"x\"}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "null", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "[]", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{\"token\":5}", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{\"token\":\"  \"}", HttpStatusCode.BadRequest)]
    [InlineData("application/json; charset=utf-16", "{\"token\":\"x\"}", HttpStatusCode.Unauthorized)]
    [InlineData("application/json; charset=nonsense", "{\"token\":\"x\"}", HttpStatusCode.Unauthorized)]
    public async Task SignIn_WithAnotherBody_SaysWhatIsWanted(string type, string body, HttpStatusCode expected)
    {
        await using var host = await ApiHost.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await host.Client.PostAsync(new Uri("/signin", UriKind.Relative), content);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task SignIn_WithABodyBeyondTheLimit_IsRefused()
    {
        await using var host = await ApiHost.StartAsync(settings: ("Api:MaxRequestBodyBytes", "65536"));
        using var answer = await SignedInBrowser.PostTokenAsync(host, new string('x', 100_000));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task SignIn_WithTokensInBodyAndHeader_IsRefused()
    {
        await using var host = await ApiHost.StartAsync();
        var token = TestIssuer.Shared.Token();
        using var answer = await SignedInBrowser.PostTokenAsync(host, token, ("Authorization", $"Bearer {token}"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task SignIn_TooOften_IsRefusedForAMinute()
    {
        await using var host = await ApiHost.StartAsync(settings: ("SignIn:AttemptsPerMinute", "3"));
        for (var i = 0; i < 3; i++)
        {
            using var attempt = await SignedInBrowser.PostTokenAsync(host, "x");
            Assert.Equal(HttpStatusCode.Unauthorized, attempt.StatusCode);
        }

        using var post = await SignedInBrowser.PostTokenAsync(host, TestIssuer.Shared.Token());
        using var link = await host.GetAsync("/signin/once/x");

        Assert.Equal([HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], [post.StatusCode, link.StatusCode]);
        Assert.Equal(TimeSpan.FromMinutes(1), post.Headers.RetryAfter?.Delta);
        Assert.Equal("too_many_attempts", JsonElement.Parse(await post.Content.ReadAsStringAsync()).GetProperty("code").GetString());
        // Others are not held up, nor is anything but signing in.
        using var query = await host.GetAsOperatorAsync("/api/v1/catalog/advertisers");
        Assert.Equal(HttpStatusCode.OK, query.StatusCode);
    }
}

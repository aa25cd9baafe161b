using System.Net;
using System.Text.Json;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Api.Tests.SignIn;

namespace ClickFuncs.Api.Tests.Requests;

public sealed class CallerRateLimitTests
{
    [Fact]
    public async Task Request_BeyondTheLimit_IsRefusedForThatCallerAlone()
    {
        await using var host = await ApiHost.StartAsync(settings: ("Api:RequestsPerMinute", "20"));
        var first = await SendAsync(host, "adv_1", 30);
        var second = await SendAsync(host, "adv_2", 1);

        Assert.Contains(HttpStatusCode.TooManyRequests, first.Select(answer => answer.Status));
        Assert.True(first.Count(answer => answer.Status == HttpStatusCode.OK) >= 20);
        var refusal = first.First(answer => answer.Status == HttpStatusCode.TooManyRequests);
        Assert.Equal("too_many_requests", JsonElement.Parse(refusal.Body).GetProperty("code").GetString());
        Assert.InRange(int.Parse(refusal.RetryAfter!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(HttpStatusCode.OK, second.Single().Status);
    }

    [Fact]
    public async Task Request_WithoutCredentials_IsBoundedByAddress_AndClicksAndHealthAreNot()
    {
        await using var host = await ApiHost.StartAsync(settings: ("Api:RequestsPerMinute", "5"));
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 20; i++)
        {
            using var answer = await host.GetAsync("/api/v1/session");
            statuses.Add(answer.StatusCode);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        using var health = await host.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        using var click = await host.GetAsync(host.Link());
        Assert.Equal(HttpStatusCode.Found, click.StatusCode);
    }

    private static async Task<List<(HttpStatusCode Status, string? RetryAfter, string Body)>> SendAsync(ApiHost host, string advertiser, int count)
    {
        var claims = TestIssuer.Claims("advertiser", advertiser);
        claims["sub"] = advertiser;
        var token = TestIssuer.Shared.Token(claims);
        var answers = new List<(HttpStatusCode, string?, string)>();
        for (var i = 0; i < count; i++)
        {
            using var answer = await host.GetAsync("/api/v1/session", ("Authorization", $"Bearer {token}"));
            answers.Add((answer.StatusCode, answer.Headers.RetryAfter?.ToString(), await answer.Content.ReadAsStringAsync()));
        }

        return answers;
    }
}

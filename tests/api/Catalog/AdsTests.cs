using System.Net;
using System.Text;
using System.Text.Json;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Api.Tests.SignIn;

namespace ClickFuncs.Api.Tests.Catalog;

/// <summary>Ads and links over HTTP.</summary>
public sealed class AdsTests
{
    private const string Root = "/api/v1/catalog/ads";
    private const string Body = """{"advertiser_id":"adv_9","campaign_id":"cmp_9","landing_url":"https://shop.example/9","price_micros":250000,"currency":"NOK","status":"active"}""";

    [Fact]
    public async Task Ads_PagedThrough_AreThoseOfTheCallerInOrder()
    {
        await using var host = await ApiHost.StartAsync();
        var seen = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = await JsonAsync(await SendAsync(host, HttpMethod.Get, $"{Root}?limit=2&after={after}", TestIssuer.Shared.TokenOf("advertiser", "adv_88f7e6d5")));
            seen.AddRange(page.GetProperty("ads").EnumerateArray().Select(ad => ad.GetProperty("ad_id").GetString()!));
            after = page.GetProperty("next").GetString();
        }

        Assert.Equal(["ad_99a2c3d4", "ad_archived", "ad_paused", "ad_seen"], seen);
    }

    [Fact]
    public async Task Ad_OfAnotherTenant_AnswersAsOneThatDoesNotExist()
    {
        await using var host = await ApiHost.StartAsync();
        var token = TestIssuer.Shared.TokenOf("advertiser", "adv_2");
        foreach (var (method, path, body) in (IEnumerable<(HttpMethod, Func<string, string>, Func<string, string?>)>)
            [(HttpMethod.Get, id => $"{Root}/{id}", _ => null), (HttpMethod.Post, _ => "/api/v1/links", id => $$"""{"ad_id":"{{id}}"}""")])
        {
            using var others = await SendAsync(host, method, path("ad_99a2c3d4"), token, body("ad_99a2c3d4"));
            using var nobodys = await SendAsync(host, method, path("ad_nobody"), token, body("ad_nobody"));
            Assert.Equal(HttpStatusCode.NotFound, others.StatusCode);
            Assert.Equal(await nobodys.Content.ReadAsStringAsync(), await others.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Put_ANewAd_IsThereAtOnceAndGivesALink()
    {
        await using var host = await ApiHost.StartAsync();

        using var made = await SendAsync(host, HttpMethod.Put, $"{Root}/ad_new", TestIssuer.Shared.Token(), Body);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal($"{Root}/ad_new", made.Headers.Location?.OriginalString);

        using var link = await SendAsync(host, HttpMethod.Post, "/api/v1/links", await host.KeyAsync("adv_9"), """{"ad_id":"ad_new","impression":"imp_1"}""");
        var answer = await JsonAsync(link);
        Assert.Equal("imp_1", answer.GetProperty("click_id").GetString());
        using var click = await host.GetAsync(answer.GetProperty("url").GetString()!);
        Assert.Equal(HttpStatusCode.Found, click.StatusCode);
        Assert.Equal("https://shop.example/9", click.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Put_WithAVersionThatIsGone_ChangesNothing()
    {
        await using var host = await ApiHost.StartAsync();
        var token = TestIssuer.Shared.Token();
        using var made = await SendAsync(host, HttpMethod.Put, $"{Root}/ad_new", token, Body);
        var tag = made.Headers.ETag!.ToString();
        using var again = await SendAsync(host, HttpMethod.Put, $"{Root}/ad_new", token, Body, ("If-None-Match", "*"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, again.StatusCode);
        using var changed = await SendAsync(host, HttpMethod.Put, $"{Root}/ad_new", token, Body.Replace("250000", "300000", StringComparison.Ordinal), ("If-Match", tag));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        using var lost = await SendAsync(host, HttpMethod.Put, $"{Root}/ad_new", token, Body, ("If-Match", tag));
        Assert.Equal(HttpStatusCode.PreconditionFailed, lost.StatusCode);
        using var nothing = await SendAsync(host, HttpMethod.Put, $"{Root}/ad_none", token, Body, ("If-Match", "*"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, nothing.StatusCode);

        using var kept = await SendAsync(host, HttpMethod.Get, $"{Root}/ad_new", token);
        Assert.Equal(changed.Headers.ETag, kept.Headers.ETag);
        Assert.Equal(300000, (await JsonAsync(kept)).GetProperty("price_micros").GetInt64());
        using var known = await SendAsync(host, HttpMethod.Get, $"{Root}/ad_new", token, null, ("If-None-Match", kept.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    [InlineData("""{"advertiser_id":null,"campaign_id":"c"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"advertiser_id":"a","campaign_id":"c","price_micros":-1}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"advertiser_id":"a","campaign_id":"c","landing_url":"javascript:alert(1)"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"advertiser_id":"a","campaign_id":"c","landing_url":"//evil.test/"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"advertiser_id":"a","campaign_id":"c","landing_url":"https://user@evil.test/"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"advertiser_id":"a","campaign_id":"c","landing_url":"https://a.test/\r\nSet-Cookie: a=b"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"advertiser_id":"a","campaign_id":"c","status":"gone"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"advertiser_id":"a","campaign_id":"c","colour":"red"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"advertiser_id":"a","campaign_id":"c","ad_id":"ad_else"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"advertiser_id":"adv_2","campaign_id":"c"}""", HttpStatusCode.Conflict)]
    public async Task Put_WhatIsNoAd_IsRefused(string body, HttpStatusCode expected)
    {
        await using var host = await ApiHost.StartAsync();

        using var answer = await SendAsync(host, HttpMethod.Put, $"{Root}/ad_99a2c3d4", TestIssuer.Shared.Token(), body);

        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("advertiser")]
    [InlineData("finance")]
    public async Task Put_ByAnybodyButAnOperator_IsForbidden(string role)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await SendAsync(host, HttpMethod.Put, $"{Root}/ad_new", TestIssuer.Shared.TokenOf(role, "adv_9"), Body);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("""{"ad_id":"ad_99a2c3d4","redirect_url":"https://evil.test/"}""", 400)]
    [InlineData("""{"ad_id":"ad_99a2c3d4","price_micros":0}""", 400)]
    [InlineData("""{"ad_id":"ad_99a2c3d4","form":"short"}""", 400)]
    [InlineData("""{"ad_id":"ad_99a2c3d4","impression":""}""", 400)]
    [InlineData("""{"ad_id":"ad_archived"}""", 409)]
    [InlineData("""{"ad_id":"ad_seen"}""", 409)]
    [InlineData("""{"ad_id":"ad_99a2c3d4","form":"explicit"}""", 201)]
    public async Task Link_AskedForWithMoreThanMayBeAsked_IsRefused(string body, int status)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await SendAsync(host, HttpMethod.Post, "/api/v1/links", await host.KeyAsync("adv_88f7e6d5"), body);
        Assert.True((int)answer.StatusCode == status, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<HttpResponseMessage> SendAsync(
        ApiHost host, HttpMethod method, string path, string token, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await host.Client.SendAsync(request);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }
}

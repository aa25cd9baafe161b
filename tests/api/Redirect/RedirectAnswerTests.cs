using System.Net;
using System.Text;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Events;

namespace ClickFuncs.Api.Tests.Redirect;

/// <summary>R1 to R4: what a click is answered with, and what goes onto the log.</summary>
public sealed class RedirectAnswerTests
{
    [Fact]
    public async Task Get_AppendNotDurableYet_IsNotAnswered()
    {
        await using var host = await ApiHost.StartAsync();
        host.Log.Hold();

        var answer = host.GetAsync(host.Link());
        await host.Log.Arrived;
        // A request that needs nothing of the log overtakes it: the server is idle, and still the click is unanswered.
        using var health = await host.GetAsync("/health");
        Assert.False(answer.IsCompleted);
        host.Log.Release();

        using var response = await answer;
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
    }

    [Fact]
    public async Task Get_CompactLink_RedirectsWithHeadersAndCookie()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync(host.Link());

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("https://shop.example/landing?ad=1", response.Headers.GetValues("Location").Single());
        Assert.Equal("no-cache, no-store, must-revalidate", response.Headers.NonValidated["Cache-Control"].ToString());
        Assert.Matches("^cf_uid=[A-Za-z0-9_-]{22}; Max-Age=31536000; Path=/; Secure; HttpOnly; SameSite=Lax$",
            response.Headers.GetValues("Set-Cookie").Single());
        Assert.Equal(0, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Get_CompactLink_RecordsWhatTheServerSaw()
    {
        await using var host = await ApiHost.StartAsync(settings: ("Redirect:CountryHeader", "CF-IPCountry"));

        using var response = await host.GetAsync(host.Link(),
            ("User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)"), ("Referer", "https://example.org/"), ("CF-IPCountry", "no"));

        var (id, record) = Assert.Single(host.Log.Records);
        Assert.Equal(EventDefect.None, EventDecoder.Decode(record, out var view));
        Assert.Equal(Fingerprint.Of(EventType.Click, "clk_1"u8), id);
        Assert.Equal("clk_1|adv_88f7e6d5|cmp_77b6a5d4|grp_1|ad_99a2c3d4|cr_1|USD|mobile|NO|127.0.0.1|https://example.org/", string.Join('|',
            Text(view.ClickId), Text(view.AdvertiserId), Text(view.CampaignId), Text(view.AdGroupId), Text(view.AdId), Text(view.CreativeId),
            Text(view.Currency), Text(view.Device), Text(view.Country), Text(view.Ip), Text(view.Referrer)));
        Assert.Equal((EventType.Click, 450_000), (view.Type, view.CostMicros));
        Assert.Equal(host.Clock.GetUtcNow().ToUnixTimeMilliseconds(), view.EventTimeMs);
        Assert.StartsWith($"cf_uid={Text(view.UserId)};", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ExplicitLink_BindsPriceUserAndTarget()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync(
            host.Links.MakeExplicit(ApiHost.Entry(), "clk_2", 123_456, "usr_55c4b3a2", "https://other.example/?a=b+c&d=%2F"));

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("https://other.example/?a=b+c&d=%2F", response.Headers.GetValues("Location").Single());
        EventDecoder.Decode(Assert.Single(host.Log.Records).Record, out var view);
        Assert.Equal(("clk_2", 123_456, "usr_55c4b3a2", "USD"), (Text(view.ClickId), view.CostMicros, Text(view.UserId), Text(view.Currency)));
    }

    [Fact]
    public async Task Get_SameLinkTwice_IsTheSameIdentity()
    {
        await using var host = await ApiHost.StartAsync();
        var link = host.Link();

        (await host.GetAsync(link)).Dispose();
        host.Clock.Advance(TimeSpan.FromHours(1));
        (await host.GetAsync(link)).Dispose();

        Assert.Equal(host.Log.Records[0].Id, host.Log.Records[1].Id);
    }

    [Fact]
    public async Task Get_OverlongHeaders_AreCutOnAWholeCharacter()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync(host.Link(), ("User-Agent", new string('u', 3000)), ("Referer", "https://a.example/" + new string('r', 3000)));

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal(EventDefect.None, EventDecoder.Decode(Assert.Single(host.Log.Records).Record, out var view));
        Assert.Equal((EventLimits.MaxTextBytes, EventLimits.MaxTextBytes), (view.UserAgent.Length, view.Referrer.Length));
    }

    [Theory]
    [InlineData("NO", "NO")]
    [InlineData("se", "SE")]
    [InlineData("XX", "")]
    [InlineData("T1", "")]
    [InlineData("NOR", "")]
    [InlineData("N", "")]
    public async Task Get_CountryHeader_IsTwoLettersOrUnknown(string header, string expected)
    {
        await using var host = await ApiHost.StartAsync(settings: ("Redirect:CountryHeader", "X-Country"));

        using var response = await host.GetAsync(host.Link(), ("X-Country", header));

        EventDecoder.Decode(Assert.Single(host.Log.Records).Record, out var view);
        Assert.Equal(expected, Text(view.Country));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("6.6.6.6, 203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7:4711, 10.1.2.3", "203.0.113.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("nonsense", "127.0.0.1")]
    public async Task Get_BehindTrustedProxies_TakesTheLastAddressBeforeThem(string header, string expected)
    {
        await using var host = await ApiHost.StartAsync(settings:
        [
            ("Redirect:ForwardedForHeader", "X-Forwarded-For"), ("Redirect:TrustedProxies:0", "127.0.0.0/8"), ("Redirect:TrustedProxies:1", "10.0.0.0/8"),
        ]);

        using var response = await host.GetAsync(host.Link(), ("X-Forwarded-For", header));

        EventDecoder.Decode(Assert.Single(host.Log.Records).Record, out var view);
        Assert.Equal(expected, Text(view.Ip));
    }

    [Fact]
    public async Task Get_ForwardedForWithoutTrust_IsIgnored()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync(host.Link(), ("X-Forwarded-For", "6.6.6.6"));

        EventDecoder.Decode(Assert.Single(host.Log.Records).Record, out var view);
        Assert.Equal("127.0.0.1", Text(view.Ip));
    }

    private static string Text(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);
}

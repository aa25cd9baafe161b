using ClickFuncs.Links;

namespace ClickFuncs.Core.Tests.Links;

public sealed class LinkTargetTests
{
    [Theory]
    [InlineData("ad_99a2c3d4", LinkDefect.None)]
    [InlineData("ad_paused", LinkDefect.None)]
    [InlineData("ad_archived", LinkDefect.AdInactive)]
    [InlineData("ad_seen", LinkDefect.NoLandingPage)]
    [InlineData("ad_none", LinkDefect.UnknownAd)]
    public void Resolve_CompactLink_FollowsTheCatalog(string adId, LinkDefect expected)
    {
        var claims = new LinkClaims { AdId = System.Text.Encoding.UTF8.GetBytes(adId), CostMicros = 1 };

        Assert.Equal(expected, LinkTarget.Resolve(claims, LinkSamples.Catalog, out _, out var location));
        Assert.Equal(expected == LinkDefect.None ? "https://shop.example/landing?ad=1" : "", location);
    }

    [Theory]
    [InlineData("cmp_77b6a5d4", "adv_88f7e6d5", "https://other.example/", LinkDefect.None)]
    [InlineData("cmp_other", "adv_88f7e6d5", "https://other.example/", LinkDefect.AdMismatch)]
    [InlineData("cmp_77b6a5d4", "adv_other", "https://other.example/", LinkDefect.AdMismatch)]
    [InlineData("cmp_77b6a5d4", "adv_88f7e6d5", "data:text/html,x", LinkDefect.BadTarget)]
    public void Resolve_ExplicitLink_MustAgreeWithTheCatalog(string campaign, string advertiser, string target, LinkDefect expected)
    {
        var claims = new LinkClaims
        {
            AdId = "ad_99a2c3d4"u8,
            CampaignId = System.Text.Encoding.UTF8.GetBytes(campaign),
            AdvertiserId = System.Text.Encoding.UTF8.GetBytes(advertiser),
            RedirectUrl = System.Text.Encoding.UTF8.GetBytes(target),
            CostMicros = 1,
        };

        Assert.Equal(expected, LinkTarget.Resolve(claims, LinkSamples.Catalog, out _, out var location));
        Assert.Equal(expected == LinkDefect.None ? target : "", location);
    }

    [Theory]
    [InlineData("https://a.example/x?y=%7E&z={m}", "https://a.example/x?y=~&z=%7Bm%7D")]
    [InlineData("HTTP://a.example:8080/../x", "HTTP://a.example:8080/../x")]
    [InlineData("https://møte.example/ø?å=1#æ", "https://xn--mte-0na.example/%C3%B8?%C3%A5=1#%C3%A6")]
    [InlineData("https://[::1]:8443/ø", "https://[::1]:8443/%C3%B8")]
    public void TryNormalize_GoodAddress_GivesAnAsciiHeaderValue(string text, string expected)
    {
        Assert.True(RedirectTarget.TryNormalize(text, out var location));
        Assert.Equal(expected, location);
    }

    [Theory]
    [InlineData("")]
    [InlineData("//evil.example/")]
    [InlineData("/path")]
    [InlineData("ftp://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("http:evil.example")]
    [InlineData("https:///evil.example")]
    [InlineData("https://good.example@evil.example/")]
    [InlineData("https://user:pass@evil.example/")]
    [InlineData("https://good.example\\@evil.example/")]
    [InlineData("https://good.example/\r\nSet-Cookie: a=b")]
    [InlineData("https://good.example/\u0000")]
    [InlineData(" https://good.example/")]
    [InlineData("https://")]
    [InlineData("https://:80/")]
    public void TryNormalize_BadAddress_IsRefused(string text) => Assert.False(RedirectTarget.TryNormalize(text, out _));
}

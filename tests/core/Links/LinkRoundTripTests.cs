using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Links;
using FsCheck;
using FsCheck.Fluent;

namespace ClickFuncs.Core.Tests.Links;

/// <summary>R3, R4: what a maker puts into a link is what a verifier reads from it.</summary>
public sealed class LinkRoundTripTests
{
    private static readonly Gen<string> Ids = Gen.Choose(1, 40).SelectMany(length =>
        Gen.Elements("abz09_-~ &=+%?/#ø€\n".Select(c => c.ToString())).ListOf(length)).Select(parts => string.Concat(parts));

    private static readonly Arbitrary<(string Id, string User, long Price)> Links =
        (from id in Ids from user in Ids from price in Gen.Choose(0, int.MaxValue) select (id, user, price * 465L)).ToArbitrary();

    private readonly LinkSamples _links = new();

    [Fact]
    public void Compact_AnyIdAndPrice_RoundTrips() => Prop.ForAll(Links, link =>
    {
        var path = _links.Maker.MakeCompact(LinkSamples.Ad, link.Id, link.Price);

        Assert.Equal(LinkDefect.None, _links.Verify(path, new byte[LinkVerifier.ScratchBytes], out var claims));
        Assert.Equal(link.Id, Encoding.UTF8.GetString(claims.ClickId));
        Assert.Equal("ad_99a2c3d4", Encoding.UTF8.GetString(claims.AdId));
        Assert.Equal("USD", Encoding.UTF8.GetString(claims.Currency));
        Assert.Equal(link.Price, claims.CostMicros);
        Assert.Equal(path, Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Explicit_AnyIdUserAndPrice_RoundTrips() => Prop.ForAll(Links, link =>
    {
        var path = _links.Maker.MakeExplicit(LinkSamples.Ad, link.Id, link.Price, link.User, "https://other.example/?q=a+b&c=%20#f");

        Assert.Equal(LinkDefect.None, _links.Verify(path, new byte[LinkVerifier.ScratchBytes], out var claims));
        Assert.Equal(link.Id, Encoding.UTF8.GetString(claims.ClickId));
        Assert.Equal(link.User, Encoding.UTF8.GetString(claims.UserId));
        Assert.Equal("https://other.example/?q=a+b&c=%20#f", Encoding.UTF8.GetString(claims.RedirectUrl));
        Assert.Equal("cmp_77b6a5d4", Encoding.UTF8.GetString(claims.CampaignId));
        Assert.Equal(link.Price, claims.CostMicros);
        Assert.Equal(_links.Clock.GetUtcNow().AddHours(24).ToUnixTimeMilliseconds(), claims.ExpiresAtMs);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Compact_OrdinaryLink_IsShort() =>
        Assert.InRange(_links.Maker.MakeCompact(LinkSamples.Ad).Length - LinkMaker.CompactPath.Length, 1, 109);

    [Fact]
    public void Compact_LongestIdsAndHighestPrice_Fits()
    {
        var id = new string('i', EventLimits.MaxIdBytes);
        var ad = new ClickFuncs.Catalog.CatalogEntry(Testing.Catalog.CatalogSamples.Ad(id));

        var path = _links.Maker.MakeCompact(ad, id, EventLimits.MaxCostMicros);

        Assert.Equal(LinkDefect.None, _links.Verify(path, new byte[LinkVerifier.ScratchBytes], out var claims));
        Assert.Equal((id, EventLimits.MaxCostMicros), (Encoding.UTF8.GetString(claims.AdId), claims.CostMicros));
    }

    [Fact]
    public void MakeCompact_Twice_GivesTwoIdsThatVerify()
    {
        var first = _links.Maker.MakeCompact(LinkSamples.Ad);
        var second = _links.Maker.MakeCompact(LinkSamples.Ad);

        Assert.NotEqual(first, second);
        Assert.Equal((LinkDefect.None, LinkDefect.None), (_links.Verify(first), _links.Verify(second)));
    }
}

using ClickFuncs.Catalog;
using ClickFuncs.Links;
using ClickFuncs.Testing.Catalog;

namespace ClickFuncs.Core.Tests.Links;

public sealed class LinkLifeTests
{
    private readonly LinkSamples _links = new();

    public static TheoryData<bool> Forms => [true, false];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Verify_AtTheEndOfItsLife_IsExpired(bool compact)
    {
        var link = Make(_links, compact);
        _links.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(LinkDefect.None, _links.Verify(link));

        _links.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(LinkDefect.Expired, _links.Verify(link));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Verify_MadeByAClockThatRunsAhead_IsRefusedBeyondTheSkew(bool compact)
    {
        var maker = new LinkSamples();
        maker.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(LinkDefect.None, _links.Verify(Make(maker, compact)));

        maker.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(LinkDefect.NotYetValid, _links.Verify(Make(maker, compact)));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Verify_KeyRotated_AcceptsTheOldKeyUntilItIsTakenAway(bool compact)
    {
        var old = Make(_links, compact);
        var rotated = new LinkSamples(active: 2);

        Assert.Equal(LinkDefect.None, rotated.Verify(old));
        Assert.Equal(LinkDefect.None, _links.Verify(Make(rotated, compact)));

        var ring = new LinkKeyRing([LinkSamples.Key(2)], 2);
        var verifier = new LinkVerifier(ring, new LinkOptions());
        var scratch = new byte[LinkVerifier.ScratchBytes];
        var now = _links.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.Equal(LinkDefect.UnknownKey, compact
            ? verifier.VerifyToken(old.AsSpan(3), now, scratch, out _)
            : verifier.VerifyQuery(old.Split('?')[1], now, scratch, out _));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Verify_SameIdOtherSecret_IsBadSignature(bool compact)
    {
        var stranger = new LinkKeyRing([new LinkKey(1, new byte[32])], 1);
        var maker = new LinkMaker(stranger, _links.Options, _links.Clock);

        var link = compact ? maker.MakeCompact(LinkSamples.Ad) : maker.MakeExplicit(LinkSamples.Ad);

        Assert.Equal(LinkDefect.BadSignature, _links.Verify(link));
    }

    [Fact]
    public void Make_AdWithoutLandingPageOrArchived_SaysWhy()
    {
        var seen = new CatalogEntry(CatalogSamples.SeenAd());
        var archived = new CatalogEntry(CatalogSamples.Ad() with { Status = AdStatus.Archived });

        Assert.Equal(LinkDefect.NoLandingPage, Assert.Throws<LinkException>(() => _links.Maker.MakeCompact(seen)).Defect);
        Assert.Equal(LinkDefect.NoLandingPage, Assert.Throws<LinkException>(() => _links.Maker.MakeExplicit(seen)).Defect);
        Assert.Equal(LinkDefect.AdInactive, Assert.Throws<LinkException>(() => _links.Maker.MakeCompact(archived)).Defect);
        Assert.Equal(LinkDefect.BadTarget, Assert.Throws<LinkException>(
            () => _links.Maker.MakeExplicit(LinkSamples.Ad, redirectUrl: "javascript:alert(1)")).Defect);
        Assert.Throws<ArgumentException>(() => _links.Maker.MakeCompact(LinkSamples.Ad, clickId: ""));
        Assert.Throws<ArgumentException>(() => _links.Maker.MakeCompact(LinkSamples.Ad, priceMicros: -1));
    }

    private static string Make(LinkSamples links, bool compact) =>
        compact ? links.Maker.MakeCompact(LinkSamples.Ad, "clk_1") : links.Maker.MakeExplicit(LinkSamples.Ad, "clk_1");
}

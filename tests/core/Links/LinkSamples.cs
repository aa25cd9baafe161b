using ClickFuncs.Catalog;
using ClickFuncs.Links;
using ClickFuncs.Testing.Catalog;
using ClickFuncs.Testing.Time;

namespace ClickFuncs.Core.Tests.Links;

/// <summary>Keys, clock, maker and verifier to test links with.</summary>
internal sealed class LinkSamples
{
    public LinkSamples(byte active = 1)
    {
        Keys = new LinkKeyRing([Key(1), Key(2)], active);
        Maker = new LinkMaker(Keys, Options, Clock);
        Verifier = new LinkVerifier(Keys, Options);
    }

    public ManualClock Clock { get; } = new();

    public LinkOptions Options { get; } = new();

    public LinkKeyRing Keys { get; }

    public LinkMaker Maker { get; }

    public LinkVerifier Verifier { get; }

    public static CatalogEntry Ad { get; } = new(CatalogSamples.Ad());

    public static CatalogSnapshot Catalog { get; } = CatalogSnapshot.Empty.With(new CatalogChanges(1,
    [
        CatalogSamples.Ad(), CatalogSamples.SeenAd(), CatalogSamples.Ad("ad_archived") with { Status = AdStatus.Archived },
        CatalogSamples.Ad("ad_paused") with { Status = AdStatus.Paused },
    ]));

    private long NowMs => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public static LinkKey Key(byte id) => new(id, Enumerable.Repeat((byte)(id * 7), 32).ToArray());

    /// <summary>Verifies either form, given its path.</summary>
    public LinkDefect Verify(string link, byte[] scratch, out LinkClaims claims) => link.StartsWith("/c/", StringComparison.Ordinal)
        ? Verifier.VerifyToken(link.AsSpan(3), NowMs, scratch, out claims)
        : Verifier.VerifyQuery(link.AsSpan(link.IndexOf('?', StringComparison.Ordinal)), NowMs, scratch, out claims);

    public LinkDefect Verify(string link) => Verify(link, new byte[LinkVerifier.ScratchBytes], out _);
}

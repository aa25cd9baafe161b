namespace ClickFuncs.Links;

/// <summary>Verifies links of both forms: signature first, then time. Thread-safe, allocates nothing.</summary>
public sealed class LinkVerifier(LinkKeyRing keys, LinkOptions options)
{
    /// <summary>Bytes of scratch that any link needs.</summary>
    public const int ScratchBytes = ExplicitForm.ScratchBytes;

    private readonly long _maxAheadMs = (long)(options.Lifetime + options.ClockSkew).TotalMilliseconds;

    /// <summary>Verifies a compact token.</summary>
    /// <param name="token">What follows <c>/c/</c>.</param>
    /// <param name="nowMs">The server's time, milliseconds since the Unix epoch.</param>
    /// <param name="scratch">At least <see cref="ScratchBytes"/>; the claims point into it.</param>
    /// <param name="claims">What the link says; believe it only without a defect.</param>
    public LinkDefect VerifyToken(ReadOnlySpan<char> token, long nowMs, Span<byte> scratch, out LinkClaims claims)
    {
        var defect = CompactToken.Read(token, keys, scratch, out claims);
        return defect != LinkDefect.None ? defect : JudgeTime(claims.ExpiresAtMs, nowMs);
    }

    /// <summary>Verifies the query string of an explicit link; the parameters are as in <see cref="VerifyToken"/>.</summary>
    public LinkDefect VerifyQuery(ReadOnlySpan<char> query, long nowMs, Span<byte> scratch, out LinkClaims claims)
    {
        var defect = ExplicitForm.Read(query, keys, options.Lifetime, scratch, out claims);
        return defect != LinkDefect.None ? defect : JudgeTime(claims.ExpiresAtMs, nowMs);
    }

    // The upper bound keeps the promise behind LinkOptions.Lifetime even when a maker elsewhere is set up wrongly: no
    // click is accepted that could be replayed for longer than a lifetime after it.
    private LinkDefect JudgeTime(long expiresAtMs, long nowMs)
    {
        if (nowMs >= expiresAtMs)
            return LinkDefect.Expired;
        return expiresAtMs - nowMs > _maxAheadMs ? LinkDefect.NotYetValid : LinkDefect.None;
    }
}

namespace ClickFuncs.Sessions;

/// <summary>A browser session, as far as it must be known to end it.</summary>
/// <param name="Id">Random hexadecimal digits; nobody gets in with them.</param>
/// <param name="Ends">When its cookie is refused anyway.</param>
public sealed record BrowserSession(string Id, DateTimeOffset Ends)
{
    /// <summary>
    /// How long a session's revocation is kept beyond its end. Servers' clocks differ: one that is behind still believes a cookie whose
    /// revocation another, that is ahead, would otherwise have forgotten.
    /// </summary>
    public static readonly TimeSpan KeptBeyondEnd = TimeSpan.FromMinutes(5);

    /// <summary>Sessions that ended before this instant are over on every server, revoked or not.</summary>
    public static DateTimeOffset OverBefore(DateTimeOffset now) => now - KeptBeyondEnd;
}

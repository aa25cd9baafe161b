namespace ClickFuncs.Sessions;

/// <summary>
/// Port: the browser sessions that were ended before their time, durable. Sessions are cookies that prove themselves, so that only these
/// few need a place on the server. Embedded: SQLite. Azure: Tables.
/// </summary>
public interface ISessionRevocations
{
    /// <summary>
    /// Ends a session, durably; once more changes nothing. Forgets sessions that are over by themselves, so that what is kept is bounded
    /// by the sign-outs of one session lifetime.
    /// </summary>
    ValueTask RevokeAsync(BrowserSession session, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Whether a session was ended. Asked at every request of a session, and never remembered: one that was ended is refused at once.</summary>
    ValueTask<bool> IsRevokedAsync(BrowserSession session, CancellationToken cancellationToken);
}

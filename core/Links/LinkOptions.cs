namespace ClickFuncs.Links;

/// <summary>How click links are signed and how long they live; <see cref="LinkOptionsRules"/> says what is allowed.</summary>
public sealed class LinkOptions
{
    /// <summary>Every key whose links are accepted. No default: a server without keys doesn't start.</summary>
    public IList<LinkKeyOptions> Keys { get; init; } = [];

    /// <summary>Id of the key that signs new links.</summary>
    public int ActiveKeyId { get; set; }

    /// <summary>
    /// How long a link may be clicked after it was made. Default 24 h. It must not exceed the dedup horizon: an id is
    /// remembered for the horizon from its first click on, so within it every replay of the link is recognised as the
    /// same click, and beyond it the link no longer works. A longer life would let a replay be counted, and billed, twice.
    /// </summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How far a link maker's clock may run ahead of this server's. Default 5 min. A link that would be valid for
    /// longer than <see cref="Lifetime"/> plus this is refused.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(5);
}

using ClickFuncs.Events;

namespace ClickFuncs.Api.Redirect;

/// <summary>
/// What the platform was asked and saw itself, however the request came in. Its spans point into the reader's memory, so it
/// lives no longer than the call it is given to.
/// </summary>
internal readonly ref struct ClickRequest
{
    /// <summary>Whether <see cref="Link"/> is a compact token; else it is the query string of an explicit link.</summary>
    public bool IsCompact { get; init; }

    /// <summary>What follows <c>/c/</c>, or the query string.</summary>
    public ReadOnlySpan<char> Link { get; init; }

    /// <summary>Why no person made the request, if so.</summary>
    public NonClickReason NonClick { get; init; }

    /// <summary>User agent as UTF-8, at most <see cref="EventLimits.MaxTextBytes"/>; empty when unknown.</summary>
    public ReadOnlySpan<byte> UserAgent { get; init; }

    /// <summary>Referrer as UTF-8, at most <see cref="EventLimits.MaxTextBytes"/>; empty when unknown.</summary>
    public ReadOnlySpan<byte> Referrer { get; init; }

    /// <summary>The client's address as text; empty when unknown.</summary>
    public ReadOnlySpan<byte> Ip { get; init; }

    /// <summary>Two capital letters; empty when unknown.</summary>
    public ReadOnlySpan<byte> Country { get; init; }

    /// <summary>The id of the tracking cookie, known or new; empty when the user opted out.</summary>
    public ReadOnlySpan<byte> Visitor { get; init; }
}

namespace ClickFuncs.Events;

/// <summary>Why a request for a click link is recorded as <see cref="EventType.NonClick"/>. The numbers are on the wire.</summary>
public enum NonClickReason
{
    /// <summary>It is not a non-click.</summary>
    None = 0,

    /// <summary>The method was HEAD: a link checker or a preview, not a person.</summary>
    Head = 1,

    /// <summary>The browser said it prefetches (<c>Sec-Purpose</c>, <c>Purpose</c> or <c>X-Moz</c> header).</summary>
    Prefetch = 2,

    /// <summary>The browser said it prerenders a page that nobody has opened yet.</summary>
    Prerender = 3,
}

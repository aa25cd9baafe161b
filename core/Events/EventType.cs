namespace ClickFuncs.Events;

/// <summary>What happened. The numbers are on the wire (<c>EventKind</c> in <c>ad_event.proto</c>).</summary>
public enum EventType
{
    /// <summary>A user followed a signed link: billable once per event id.</summary>
    Click = 0,

    /// <summary>An ad was shown.</summary>
    Impression = 1,

    /// <summary>The user did what the advertiser hoped for.</summary>
    Conversion = 2,

    /// <summary>A request for a click link that is no click: HEAD, prefetch, prerender. Recorded, never counted as a click.</summary>
    NonClick = 3,
}

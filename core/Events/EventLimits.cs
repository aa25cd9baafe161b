namespace ClickFuncs.Events;

/// <summary>Bounds on what an event may hold: beyond them it is refused at the edge and quarantined in the stream.</summary>
public static class EventLimits
{
    /// <summary>Longest id (event, advertiser, campaign, ad group, ad, creative, user), device, country or currency, in bytes.</summary>
    public const int MaxIdBytes = 128;

    /// <summary>Longest user agent, referrer or address, in bytes. The redirect truncates to it.</summary>
    public const int MaxTextBytes = 2048;

    /// <summary>Largest encoded event, in bytes.</summary>
    public const int MaxEventBytes = 64 * 1024;

    /// <summary>Highest price of one event: 1,000,000 currency units. 9 million of them still fit a window's sum.</summary>
    public const long MaxCostMicros = 1_000_000_000_000;

    /// <summary>Earliest event time: 2000-01-01T00:00:00Z in milliseconds. Catches seconds given as milliseconds.</summary>
    public const long MinEventTimeMs = 946_684_800_000;

    /// <summary>Latest event time, exclusive: 10000-01-01T00:00:00Z in milliseconds. Catches microseconds given as milliseconds.</summary>
    public const long MaxEventTimeMs = 253_402_300_800_000;
}

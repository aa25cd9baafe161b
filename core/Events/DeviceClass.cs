namespace ClickFuncs.Events;

/// <summary>
/// Tells the class of device from a User-Agent header: what reports group by, not evidence. Looks for the few words
/// that platforms reliably put there, the commonest first; allocates nothing.
/// </summary>
public static class DeviceClass
{
    private static ReadOnlySpan<byte> Desktop => "desktop"u8;

    private static ReadOnlySpan<byte> Mobile => "mobile"u8;

    private static ReadOnlySpan<byte> Tablet => "tablet"u8;

    private static ReadOnlySpan<byte> Tv => "tv"u8;

    private static ReadOnlySpan<byte> Other => "other"u8;

    /// <summary><c>desktop</c>, <c>mobile</c>, <c>tablet</c>, <c>tv</c> or <c>other</c> (crawlers, tools, the unheard of); empty without a User-Agent.</summary>
    /// <param name="userAgent">The header as it came.</param>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> userAgent)
    {
        if (userAgent.IsEmpty)
            return default;
        // The platform stands in the first brackets; what follows is the browser's family history.
        var platform = Platform(userAgent);
        if (platform.StartsWith("iPhone"u8))
            return Mobile;
        if (platform.StartsWith("Macintosh"u8) || (platform.StartsWith("Windows NT"u8) && !Has(platform, "Xbox"u8)))
            return Desktop;
        if (Has(platform, "compatible; "u8) && !Has(platform, "MSIE"u8))
            return Other;
        if (Has(platform, "Windows Phone"u8) || Has(platform, "iPhone"u8) || Has(platform, "iPod"u8))
            return Mobile;
        if (Has(platform, "iPad"u8))
            return Tablet;
        if (IsTv(userAgent, platform))
            return Tv;
        if (Has(platform, "Android"u8))
            return OfAndroid(userAgent, platform);
        if (Has(platform, "Silk"u8) || Has(platform, "Kindle"u8) || Has(platform, "PlayBook"u8) || Has(platform, "Tablet;"u8))
            return Tablet;
        if (Has(platform, "Mobile"u8) || Has(platform, "BlackBerry"u8) || Has(platform, "BB10"u8) || Has(platform, "KAIOS"u8)
            || Has(userAgent, "Opera Mini"u8) || Has(userAgent, "KAIOS"u8))
            return Mobile;
        if (Has(platform, "Windows"u8) || Has(platform, "Macintosh"u8) || Has(platform, "X11"u8) || Has(platform, "CrOS"u8)
            || Has(platform, "Linux x86_64"u8))
            return Desktop;
        return Other;
    }

    // Android says "Mobile" on phones and leaves it out on tablets. Its app runtime leaves it out everywhere and is
    // nearly always on a phone.
    private static ReadOnlySpan<byte> OfAndroid(ReadOnlySpan<byte> userAgent, ReadOnlySpan<byte> platform)
    {
        if (Has(platform, "Tablet"u8) || Has(platform, "SM-T"u8))
            return Tablet;
        return Has(userAgent, "Mobi"u8) || Has(userAgent, "Opera Mini"u8) || userAgent.StartsWith("Dalvik/"u8) ? Mobile : Tablet;
    }

    private static bool IsTv(ReadOnlySpan<byte> userAgent, ReadOnlySpan<byte> platform) =>
        Has(platform, "TV"u8) || Has(platform, "Web0S"u8) || Has(platform, "webOS.TV"u8)
        || Has(platform, "CrKey"u8) || Has(platform, "AFT"u8) || Has(platform, "BRAVIA"u8) || Has(platform, "Xbox"u8)
        || Has(platform, "PlayStation"u8) || Has(platform, "Nintendo"u8) || Has(userAgent, "SmartTV"u8) || Has(userAgent, "CrKey"u8)
        || Has(userAgent, "HbbTV"u8) || userAgent.StartsWith("Roku"u8) || userAgent.StartsWith("AppleTV"u8);

    private static ReadOnlySpan<byte> Platform(ReadOnlySpan<byte> userAgent)
    {
        var open = userAgent.IndexOf((byte)'(');
        if (open < 0)
            return default;
        var rest = userAgent[(open + 1)..];
        var close = rest.IndexOf((byte)')');
        return close < 0 ? rest : rest[..close];
    }

    private static bool Has(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => text.IndexOf(word) >= 0;
}

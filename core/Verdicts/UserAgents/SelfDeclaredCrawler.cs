using System.Runtime.CompilerServices;
using System.Text;
using ClickFuncs.Events;

namespace ClickFuncs.Verdicts.UserAgents;

/// <summary>
/// Recognises user agents that say of themselves that they are a program: the words crawlers use, or the <c>+http</c> before an address
/// where their owner explains them. Letter case does not matter. Pure; allocates nothing.
/// </summary>
internal static class SelfDeclaredCrawler
{
    /// <summary>Whether it calls itself a crawler. What lies beyond <see cref="EventLimits.MaxTextBytes"/> is not looked at.</summary>
    [SkipLocalsInit]
    public static bool IsDeclared(ReadOnlySpan<byte> userAgent)
    {
        Span<byte> buffer = stackalloc byte[EventLimits.MaxTextBytes];
        if (userAgent.Length > buffer.Length)
            userAgent = userAgent[..buffer.Length];
        for (var done = 0; done < userAgent.Length;)
        {
            // Stops at bytes beyond ASCII, which have no case here.
            Ascii.ToLower(userAgent[done..], buffer[done..], out var written);
            done += written;
            if (done < userAgent.Length)
                buffer[done] = userAgent[done++];
        }

        ReadOnlySpan<byte> text = buffer[..userAgent.Length];
        return Has(text, "crawler"u8) || Has(text, "spider"u8) || Has(text, "scraper"u8) || Has(text, "+http"u8) || HasBot(text);
    }

    // A word that ends in bot or bots. Cubot is a brand of phones.
    private static bool HasBot(ReadOnlySpan<byte> text)
    {
        while (text.IndexOf("bot"u8) is var at and >= 0)
        {
            var rest = text[(at + 3)..];
            if (rest.StartsWith("s"u8))
                rest = rest[1..];
            var isWordEnd = rest.IsEmpty || !char.IsAsciiLetter((char)rest[0]);
            if (isWordEnd && !text[..at].EndsWith("cu"u8))
                return true;
            text = text[(at + 3)..];
        }

        return false;
    }

    private static bool Has(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => text.IndexOf(word) >= 0;
}

using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ClickFuncs.Events;

namespace ClickFuncs.Links;

/// <summary>Which addresses a click may lead to: the rule for landing pages in the catalog and for targets in links.</summary>
public static class RedirectTarget
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "!#$%&'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz~");

    /// <summary>
    /// Accepts an absolute http or https address with a host and without user information, control characters or
    /// backslashes (which browsers and servers read differently), and gives it as ASCII for a Location header. What is
    /// already plain ASCII stays as it is to the letter; the rest is percent-encoded, and the host becomes Punycode.
    /// </summary>
    public static bool TryNormalize(string text, [NotNullWhen(true)] out string? location)
    {
        ArgumentNullException.ThrowIfNull(text);
        location = null;
        if (text.Length > EventLimits.MaxTextBytes || !HasHttpScheme(text) || HasForbidden(text))
            return false;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.UserInfo.Length > 0)
            return false;
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            return false;
        location = text.AsSpan().ContainsAnyExcept(Plain) ? Escape(uri) : text;
        return location.Length <= EventLimits.MaxTextBytes;
    }

    private static bool HasHttpScheme(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    private static bool HasForbidden(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) || c == '\\' || char.IsWhiteSpace(c))
                return true;
        }

        return false;
    }

    private static string Escape(Uri uri)
    {
        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        var port = uri.IsDefaultPort ? "" : $":{uri.Port}";
        return $"{uri.Scheme}://{host}{port}{uri.PathAndQuery}{uri.Fragment}";
    }
}

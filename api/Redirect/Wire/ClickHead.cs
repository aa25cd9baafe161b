using System.Buffers;
using System.Text;

namespace ClickFuncs.Api.Redirect.Wire;

/// <summary>
/// The head of a plain click as it lies in the connection's buffer: <c>GET /c/{token} HTTP/1.1</c> with the headers that a click
/// is judged by. Whatever is not exactly that is <see cref="HeadForm.Unusual"/> and left to the web server, which knows all of
/// HTTP; so this reader accepts too little rather than too much.
/// </summary>
internal ref struct ClickHead
{
    /// <summary>Longest head that is read here, in bytes; half of what the web server takes.</summary>
    public const int MaxBytes = 16 * 1024;

    private static readonly SearchValues<byte> TokenAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    // RFC 9110, 5.6.2.
    private static readonly SearchValues<byte> NameAlphabet =
        SearchValues.Create("!#$%&'*+-.^_`|~ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8);

    private static readonly SearchValues<byte> HostAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._"u8);

    private Seen _seen;

    [Flags]
    private enum Seen
    {
        None = 0,
        Host = 1,
        UserAgent = 2,
        Referrer = 4,
        Cookie = 8,
        Dnt = 16,
        Gpc = 32,
        Country = 64,
        Forwarded = 128,
        Connection = 256,
    }

    private static ReadOnlySpan<byte> Start => "GET /c/"u8;

    /// <summary>Length of the head in bytes, its empty line included.</summary>
    public int Length { get; private set; }

    /// <summary>What follows <c>/c/</c>.</summary>
    public ReadOnlySpan<byte> Token { get; private set; }

    /// <summary>User-Agent; empty without one.</summary>
    public ReadOnlySpan<byte> UserAgent { get; private set; }

    /// <summary>Referer; empty without one.</summary>
    public ReadOnlySpan<byte> Referrer { get; private set; }

    /// <summary>Cookie; empty without one.</summary>
    public ReadOnlySpan<byte> Cookie { get; private set; }

    /// <summary>The edge's word for the country; empty without one.</summary>
    public ReadOnlySpan<byte> Country { get; private set; }

    /// <summary>The forwarded-for header; empty without one.</summary>
    public ReadOnlySpan<byte> Forwarded { get; private set; }

    /// <summary>Whether <c>DNT</c> or <c>Sec-GPC</c> says that the user is not to be tracked.</summary>
    public bool IsOptedOut { get; private set; }

    /// <summary>Reads what has arrived.</summary>
    /// <param name="bytes">From the first byte of the request on; more requests may follow.</param>
    /// <param name="names">The headers that the settings name.</param>
    /// <param name="head">The head, when its form is <see cref="HeadForm.Plain"/>.</param>
    public static HeadForm Read(ReadOnlySpan<byte> bytes, EdgeHeaders names, out ClickHead head)
    {
        head = default;
        var common = Math.Min(bytes.Length, Start.Length);
        if (!bytes[..common].SequenceEqual(Start[..common]))
            return HeadForm.Unusual;
        var end = bytes.Length < Start.Length ? -1 : bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return bytes.Length >= MaxBytes ? HeadForm.Unusual : HeadForm.Incomplete;
        head.Length = end + 4;
        return head.Length <= MaxBytes && head.TryReadLines(bytes[Start.Length..(end + 2)], names) ? HeadForm.Plain : HeadForm.Unusual;
    }

    private bool TryReadLines(ReadOnlySpan<byte> rest, EdgeHeaders names)
    {
        var line = NextLine(ref rest);
        var length = line.IndexOfAnyExcept(TokenAlphabet);
        if (length < 1 || !line[length..].SequenceEqual(" HTTP/1.1"u8))
            return false;
        Token = line[..length];
        while (!rest.IsEmpty)
        {
            line = NextLine(ref rest);
            var colon = line.IndexOf((byte)':');
            // An empty name, a blank in it or before the colon, a line that continues the one before: nothing of it is a name.
            if (colon < 1 || line[..colon].ContainsAnyExcept(NameAlphabet))
                return false;
            var value = line[(colon + 1)..].Trim((byte)' ');
            // Controls, among them a lone CR or LF and the tab, and whatever is not ASCII.
            if (value.ContainsAnyExceptInRange((byte)' ', (byte)'~') || !TryTake(line[..colon], value, names))
                return false;
        }

        return (_seen & Seen.Host) != 0;
    }

    private static ReadOnlySpan<byte> NextLine(scoped ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf("\r\n"u8);
        var line = rest[..end];
        rest = rest[(end + 2)..];
        return line;
    }

    // Every header with a meaning for how the request is read, or for what it is, is known here or makes it unusual.
    private bool TryTake(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, EdgeHeaders names)
    {
        if (names.IsCountry(name))
        {
            Country = value;
            return IsFirst(Seen.Country);
        }

        if (names.IsForwarded(name))
        {
            Forwarded = value;
            return IsFirst(Seen.Forwarded);
        }

        switch (name.Length)
        {
            case 3 when Is(name, "dnt"u8):
                IsOptedOut |= value.SequenceEqual("1"u8);
                return IsFirst(Seen.Dnt);
            case 4 when Is(name, "host"u8):
                return IsFirst(Seen.Host) && IsHost(value);
            case 6 when Is(name, "cookie"u8):
                Cookie = value;
                return IsFirst(Seen.Cookie);
            case 7 when Is(name, "referer"u8):
                Referrer = value;
                return IsFirst(Seen.Referrer);
            case 7 when Is(name, "sec-gpc"u8):
                IsOptedOut |= value.SequenceEqual("1"u8);
                return IsFirst(Seen.Gpc);
            case 10 when Is(name, "user-agent"u8):
                UserAgent = value;
                return IsFirst(Seen.UserAgent);
            case 10 when Is(name, "connection"u8):
                return IsFirst(Seen.Connection) && Is(value, "keep-alive"u8);
            default:
                return !IsLeftToTheServer(name);
        }
    }

    // How long the body is, what the client waits for, other protocols, and signs that nobody clicked.
    private static bool IsLeftToTheServer(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => Is(name, "te"u8),
        5 => Is(name, "x-moz"u8),
        6 => Is(name, "expect"u8),
        7 => Is(name, "purpose"u8) || Is(name, "upgrade"u8) || Is(name, "trailer"u8),
        10 => Is(name, "keep-alive"u8),
        11 => Is(name, "sec-purpose"u8),
        14 => Is(name, "content-length"u8) || Is(name, "http2-settings"u8),
        16 => Is(name, "proxy-connection"u8),
        17 => Is(name, "transfer-encoding"u8),
        _ => false,
    };

    private static bool IsHost(ReadOnlySpan<byte> value)
    {
        var colon = value.IndexOf((byte)':');
        var name = colon < 0 ? value : value[..colon];
        var port = colon < 0 ? default : value[(colon + 1)..];
        return !name.IsEmpty && !name.ContainsAnyExcept(HostAlphabet) && (colon < 0 || !port.IsEmpty) && !port.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> known) => Ascii.EqualsIgnoreCase(name, known);

    private bool IsFirst(Seen header)
    {
        var isFirst = (_seen & header) == 0;
        _seen |= header;
        return isFirst;
    }
}

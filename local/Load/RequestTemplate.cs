using System.Globalization;
using System.Text;

namespace ClickFuncs.Local.Load;

/// <summary>
/// The bytes of a request as a browser sends it that has no cookie yet. All that follows the target is written once per
/// browser, so a request costs two copies, and the visitor's address if it is to have one.
/// </summary>
internal sealed class RequestTemplate
{
    private static readonly string[] UserAgents =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:127.0) Gecko/20100101 Firefox/127.0",
    ];

    // "255.255.255.255"
    private const int MaxAddress = 15;

    private readonly byte[][] _tails;
    private readonly int _visitors;
    private readonly uint _firstVisitor;
    private int _next;
    private int _visitor;

    /// <summary>Prepares requests to one server.</summary>
    /// <param name="authority">Host and port for the Host header.</param>
    /// <param name="visitors">Addresses that the requests come from in turn, in a forwarded-for header; 0 for no header.</param>
    /// <param name="firstVisitor">The first of them.</param>
    public RequestTemplate(string authority, int visitors = 0, uint firstVisitor = 0)
    {
        (_visitors, _firstVisitor) = (visitors, firstVisitor);
        _tails = Array.ConvertAll(UserAgents, agent => Encoding.ASCII.GetBytes(
            $" HTTP/1.1\r\nHost: {authority}\r\nUser-Agent: {agent}\r\n"
            + "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\nAccept-Language: en\r\n" + (visitors > 0 ? "X-Forwarded-For: " : "\r\n")));
    }

    /// <summary>Bytes a request needs at most.</summary>
    public int MaxLength => Verb.Length + ILinkSource.MaxTargetBytes + _tails.Max(tail => tail.Length) + MaxAddress + End.Length;

    private static ReadOnlySpan<byte> Verb => "GET "u8;

    private static ReadOnlySpan<byte> End => "\r\n\r\n"u8;

    /// <summary>Writes the request for the next link, from the next browser.</summary>
    /// <param name="links">Gives the link.</param>
    /// <param name="request">Room for <see cref="MaxLength"/> bytes.</param>
    /// <param name="clickId">Room for the click id.</param>
    /// <param name="clickIdLength">Length of the click id; 0 when unknown.</param>
    /// <returns>Length of the request; 0 when there are no more links.</returns>
    public int WriteNext(ILinkSource links, Span<byte> request, Span<byte> clickId, out int clickIdLength)
    {
        Verb.CopyTo(request);
        if (!links.TryNext(request.Slice(Verb.Length, ILinkSource.MaxTargetBytes), out var targetLength, clickId, out clickIdLength))
            return 0;
        var tail = _tails[_next];
        _next = (_next + 1) % _tails.Length;
        tail.CopyTo(request[(Verb.Length + targetLength)..]);
        var length = Verb.Length + targetLength + tail.Length;
        return _visitors == 0 ? length : length + WriteVisitor(request[length..]);
    }

    private int WriteVisitor(Span<byte> request)
    {
        var address = _firstVisitor + (uint)_visitor;
        _visitor = (_visitor + 1) % _visitors;
        var length = 0;
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            ((byte)(address >> shift)).TryFormat(request[length..], out var digits, default, CultureInfo.InvariantCulture);
            length += digits;
            if (shift > 0)
                request[length++] = (byte)'.';
        }

        End.CopyTo(request[length..]);
        return length + End.Length;
    }
}

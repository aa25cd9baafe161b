using System.Buffers;
using ClickFuncs.Events;
using ClickFuncs.Links;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ClickFuncs.Api.Redirect;

/// <summary>Reads a click request of any shape from the web server's own view of it.</summary>
internal sealed class HttpClickReader(RedirectOptions options)
{
    private const int BufferBytes = (2 * EventLimits.MaxTextBytes) + ClientAddress.MaxBytes + TrackingCookie.IdLength + 2;

    private readonly ClientAddress _address = new(options);

    /// <summary>Reads the request. It lives as long as the memory that is returned.</summary>
    public Memory Read(HttpContext context, out ClickRequest request)
    {
        var memory = new Memory(ArrayPool<byte>.Shared.Rent(BufferBytes));
        Span<byte> buffer = memory.Bytes;
        var headers = context.Request.Headers;
        var path = context.Request.Path.Value;
        var isCompact = path is not null && path.StartsWith(LinkMaker.CompactPath, StringComparison.Ordinal);
        var address = Take(ref buffer, ClientAddress.MaxBytes);
        var visitor = Take(ref buffer, TrackingCookie.IdLength);
        request = new ClickRequest
        {
            IsCompact = isCompact,
            Link = isCompact ? path.AsSpan(LinkMaker.CompactPath.Length) : context.Request.QueryString.Value,
            NonClick = NonClickSigns.Classify(context.Request),
            UserAgent = RequestText.Copy(headers.UserAgent, Take(ref buffer, EventLimits.MaxTextBytes)),
            Referrer = RequestText.Copy(headers.Referer, Take(ref buffer, EventLimits.MaxTextBytes)),
            Country = Country(headers, Take(ref buffer, 2)),
            Ip = address[.._address.Write(context, address)],
            Visitor = Identify(headers, visitor) ? visitor : default,
        };
        return memory;
    }

    private ReadOnlySpan<byte> Country(IHeaderDictionary headers, Span<byte> target) =>
        options.CountryHeader is { } name && headers.TryGetValue(name, out var value) && value is [{ } text]
            ? RequestText.CopyCountry(text, target)
            : default;

    private static bool Identify(IHeaderDictionary headers, Span<byte> visitor)
    {
        if (IsOne(headers["DNT"]) || IsOne(headers["Sec-GPC"]))
            return false;
        var known = false;
        foreach (var line in headers.Cookie)
        {
            if (!TrackingCookie.TryRead(line, visitor, ref known))
                return false;
        }

        if (!known)
            TrackingCookie.MakeId(visitor);
        return true;
    }

    private static bool IsOne(StringValues value) => value is ["1"];

    private static Span<byte> Take(scoped ref Span<byte> buffer, int length)
    {
        var taken = buffer[..length];
        buffer = buffer[length..];
        return taken;
    }

    /// <summary>What a request's spans point into; dispose it when the request was used.</summary>
    public readonly struct Memory(byte[] bytes) : IDisposable
    {
        public byte[] Bytes => bytes;

        public void Dispose() => ArrayPool<byte>.Shared.Return(bytes);
    }
}

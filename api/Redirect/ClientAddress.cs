using System.Net;
using Microsoft.AspNetCore.Http;

namespace ClickFuncs.Api.Redirect;

/// <summary>
/// Who sent the request. A forwarded-for header is read from its end, as proxies append to it: the first address that is
/// no trusted proxy is the client; what stands before it is hearsay that anyone can write.
/// </summary>
internal sealed class ClientAddress
{
    /// <summary>Room that any address needs as text, in bytes.</summary>
    public const int MaxBytes = 72;

    private readonly string? _header;
    private readonly IPNetwork[] _trusted;

    public ClientAddress(RedirectOptions options)
    {
        _header = options.ForwardedForHeader;
        _trusted = [.. options.TrustedProxies.Select(network => IPNetwork.Parse(network))];
    }

    /// <summary>Writes the address as text and returns its length; 0 when unknown.</summary>
    public int Write(HttpContext context, Span<byte> target)
    {
        var address = context.Connection.RemoteIpAddress;
        if (_header is not null && address is not null && IsTrusted(address))
            address = FromHeader(context.Request.Headers, address);
        if (address is null || !address.TryFormat(target, out var length))
            return 0;
        if (!address.IsIPv4MappedToIPv6)
            return length;
        // A dual-stack socket reports ::ffff:203.0.113.7; everybody else knows it as 203.0.113.7.
        var start = target[..length].LastIndexOf((byte)':') + 1;
        target[start..length].CopyTo(target);
        return length - start;
    }

    private IPAddress FromHeader(IHeaderDictionary headers, IPAddress nearest)
    {
        var hops = string.Join(',', headers[_header!].AsEnumerable()).Split(',', StringSplitOptions.TrimEntries);
        for (var i = hops.Length - 1; i >= 0; i--)
        {
            // Some proxies add the port.
            if (!IPAddress.TryParse(hops[i], out var hop))
            {
                if (!IPEndPoint.TryParse(hops[i], out var endPoint))
                    break;
                hop = endPoint.Address;
            }

            nearest = hop;
            if (!IsTrusted(hop))
                break;
        }

        return nearest;
    }

    private bool IsTrusted(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        foreach (var network in _trusted)
        {
            if (network.Contains(address))
                return true;
        }

        return false;
    }
}

using System.Diagnostics.CodeAnalysis;
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

    /// <summary>Name of the header; null when none is believed.</summary>
    public string? Header => _header;

    /// <summary>Writes the client's address as text and returns its length; 0 when unknown.</summary>
    public int Write(HttpContext context, Span<byte> target)
    {
        var address = context.Connection.RemoteIpAddress;
        return IsForwarding(address)
            ? Write(FromHeader(string.Join(',', context.Request.Headers[_header!].AsEnumerable()), address), target)
            : Write(address, target);
    }

    /// <summary>Whether what this neighbour forwards is believed.</summary>
    public bool IsForwarding([NotNullWhen(true)] IPAddress? neighbour) => _header is not null && neighbour is not null && IsTrusted(neighbour);

    /// <summary>The client, as a trusted neighbour's forwarded-for header names it.</summary>
    /// <param name="forwarded">The header's value; repeated headers joined by commas.</param>
    /// <param name="nearest">The neighbour.</param>
    public IPAddress FromHeader(ReadOnlySpan<char> forwarded, IPAddress nearest)
    {
        while (!forwarded.IsEmpty)
        {
            var comma = forwarded.LastIndexOf(',');
            var hop = forwarded[(comma + 1)..].Trim();
            forwarded = comma < 0 ? default : forwarded[..comma];
            // Some proxies add the port.
            if (!IPAddress.TryParse(hop, out var address))
            {
                if (!IPEndPoint.TryParse(hop, out var endPoint))
                    break;
                address = endPoint.Address;
            }

            nearest = address;
            if (!IsTrusted(address))
                break;
        }

        return nearest;
    }

    /// <summary>Writes the address as text and returns its length; 0 when there is none.</summary>
    public static int Write(IPAddress? address, Span<byte> target)
    {
        if (address is null || !address.TryFormat(target, out var length))
            return 0;
        if (!address.IsIPv4MappedToIPv6)
            return length;
        // A dual-stack socket reports ::ffff:203.0.113.7; everybody else knows it as 203.0.113.7.
        var start = target[..length].LastIndexOf((byte)':') + 1;
        target[start..length].CopyTo(target);
        return length - start;
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

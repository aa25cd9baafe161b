using System.Buffers;
using System.Net;
using System.Text;
using ClickFuncs.Events;

namespace ClickFuncs.Api.Redirect.Wire;

/// <summary>What the connections of a server share to make a <see cref="ClickRequest"/> of a head.</summary>
internal sealed class WireClickReader(RedirectOptions options)
{
    private readonly ClientAddress _address = new(options);

    /// <summary>The headers that the settings name.</summary>
    public EdgeHeaders Names { get; } = new(options);

    /// <summary>Hands the click in.</summary>
    /// <param name="head">A plain head.</param>
    /// <param name="neighbour">Who connected, and its address as text.</param>
    /// <param name="visitor">Receives the id for the cookie.</param>
    /// <param name="isTracked">Whether there is one; the user may have opted out.</param>
    /// <param name="intake">Where the click goes.</param>
    /// <exception cref="Log.LogException">The log refuses at once.</exception>
    public RedirectStart Start(in ClickHead head, in Neighbour neighbour, Span<byte> visitor, out bool isTracked, ClickIntake intake)
    {
        // Token, cookie and forwarded-for are looked at as text, one after the other: together they are no longer than the head.
        var text = ArrayPool<char>.Shared.Rent(head.Length);
        try
        {
            var token = Widen(head.Token, text);
            var rest = text.AsSpan(token.Length);
            isTracked = !head.IsOptedOut && TryIdentify(Widen(head.Cookie, rest), visitor);
            Span<byte> address = stackalloc byte[ClientAddress.MaxBytes];
            Span<byte> country = stackalloc byte[2];
            return intake.Start(new ClickRequest
            {
                IsCompact = true,
                Link = token,
                UserAgent = Cut(head.UserAgent),
                Referrer = Cut(head.Referrer),
                Ip = neighbour.IsForwarding
                    ? address[..ClientAddress.Write(_address.FromHeader(Widen(head.Forwarded, rest), neighbour.Address!), address)]
                    : neighbour.Text,
                Country = RequestText.CopyCountry(Widen(head.Country, rest), country),
                Visitor = isTracked ? visitor : default,
            });
        }
        finally
        {
            ArrayPool<char>.Shared.Return(text);
        }
    }

    /// <summary>Who connected, read once per connection.</summary>
    public Neighbour Meet(IPAddress? address)
    {
        Span<byte> text = stackalloc byte[ClientAddress.MaxBytes];
        return new Neighbour(address, text[..ClientAddress.Write(address, text)].ToArray(), _address.IsForwarding(address));
    }

    private static bool TryIdentify(ReadOnlySpan<char> cookie, Span<byte> visitor)
    {
        var isKnown = false;
        if (!TrackingCookie.TryRead(cookie, visitor, ref isKnown))
            return false;
        if (!isKnown)
            TrackingCookie.MakeId(visitor);
        return true;
    }

    private static ReadOnlySpan<char> Widen(ReadOnlySpan<byte> ascii, Span<char> target) => target[..Encoding.ASCII.GetChars(ascii, target)];

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text) => text[..Math.Min(text.Length, EventLimits.MaxTextBytes)];
}

/// <summary>The other end of a connection: a client, or a proxy whose word about the client is believed.</summary>
/// <param name="Address">Its address; null when unknown.</param>
/// <param name="Text">The address as text; empty when unknown.</param>
/// <param name="IsForwarding">Whether the forwarded-for header names the client.</param>
internal readonly record struct Neighbour(IPAddress? Address, byte[] Text, bool IsForwarding);

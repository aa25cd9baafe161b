using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using ClickFuncs.Events;

namespace ClickFuncs.Links;

/// <summary>
/// The short form of a link, <c>/c/{token}</c>: base64url without padding of
/// <c>version(1) kid(1) expiry(4, seconds) cost(varint) currency(2) length(varint) click-id length(varint) ad-id tag(16)</c>,
/// numbers big-endian, varints as in Protobuf. The tag is HMAC-SHA256 cut to 128 bits over the domain and all before it. One link has exactly
/// one spelling, so a token can't be altered into another that works.
/// </summary>
public static class CompactToken
{
    /// <summary>Longest token, in characters.</summary>
    public const int MaxChars = ((MaxBytes * 4) + 2) / 3;

    /// <summary>Bytes of scratch that <see cref="Read"/> needs.</summary>
    public const int ScratchBytes = MaxBytes + 3;

    private const byte Version = 1;
    private const int TagBytes = 16;
    private const int MaxBytes = 1 + 1 + 4 + 10 + 2 + (2 * (2 + EventLimits.MaxIdBytes)) + TagBytes;

    private static ReadOnlySpan<byte> Domain => "clickfuncs.link.token.v1\0"u8;

    /// <summary>Signs a token.</summary>
    /// <param name="key">Key to sign with.</param>
    /// <param name="claims">Ids of 1 to 128 bytes, price, currency, and expiry in whole seconds before the year 2106.</param>
    public static string Write(LinkKey key, in LinkClaims claims)
    {
        ArgumentNullException.ThrowIfNull(key);
        Span<byte> bytes = stackalloc byte[MaxBytes];
        bytes[0] = Version;
        bytes[1] = key.Id;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], checked((uint)(claims.ExpiresAtMs / 1000)));
        var at = WriteVarint(bytes, 6, (ulong)claims.CostMicros);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[at..], CurrencyNumber.Of(claims.Currency));
        at = WriteText(bytes, at + 2, claims.ClickId);
        at = WriteText(bytes, at, claims.AdId);
        Span<byte> signature = stackalloc byte[LinkKey.SignatureBytes];
        key.Sign(Domain, bytes[..at], signature);
        signature[..TagBytes].CopyTo(bytes[at..]);
        return Base64Url.EncodeToString(bytes[..(at + TagBytes)]);
    }

    /// <summary>Verifies a token and reads it; on a defect nothing in <paramref name="claims"/> is to be believed. The clock is not looked at.</summary>
    /// <param name="token">The token as it came.</param>
    /// <param name="keys">Keys whose tokens are accepted.</param>
    /// <param name="scratch">At least <see cref="ScratchBytes"/>; the claims point into it.</param>
    /// <param name="claims">What the token says.</param>
    public static LinkDefect Read(ReadOnlySpan<char> token, LinkKeyRing keys, Span<byte> scratch, out LinkClaims claims)
    {
        ArgumentNullException.ThrowIfNull(keys);
        claims = default;
        var currency = scratch[MaxBytes..ScratchBytes];
        scratch = scratch[..MaxBytes];
        if (!TryDecode(token, scratch, out var length) || length <= TagBytes + 6 || scratch[0] != Version)
            return LinkDefect.Malformed;
        if (!keys.TryGet(scratch[1], out var key))
            return LinkDefect.UnknownKey;
        ReadOnlySpan<byte> payload = scratch[..(length - TagBytes)];
        if (!key.Verify(Domain, payload, scratch.Slice(payload.Length, TagBytes)))
            return LinkDefect.BadSignature;
        return ReadPayload(payload, currency, ref claims) ? LinkDefect.None : LinkDefect.Malformed;
    }

    private static bool TryDecode(ReadOnlySpan<char> token, Span<byte> bytes, out int length)
    {
        length = 0;
        if (token.Length is 0 or > MaxChars
            || Base64Url.DecodeFromChars(token, bytes, out _, out length) != OperationStatus.Done)
            return false;
        // The decoder forgives padding, white space and stray last bits; a signed link has one spelling only.
        Span<char> canonical = stackalloc char[MaxChars];
        return Base64Url.TryEncodeToChars(bytes[..length], canonical, out var chars) && token.SequenceEqual(canonical[..chars]);
    }

    private static bool ReadPayload(ReadOnlySpan<byte> payload, Span<byte> currency, ref LinkClaims claims)
    {
        claims.ExpiresAtMs = BinaryPrimitives.ReadUInt32BigEndian(payload[2..]) * 1000L;
        var reader = new WireReader(payload[6..]);
        if (!reader.TryReadVarint(out var cost) || cost > (ulong)EventLimits.MaxCostMicros)
            return false;
        var rest = payload[(6 + reader.Position)..];
        if (rest.Length < 2)
            return false;
        var number = BinaryPrimitives.ReadUInt16BigEndian(rest);
        reader = new WireReader(rest[2..]);
        if (number > CurrencyNumber.Max || !reader.TryReadBytes(out claims.ClickId) || !reader.TryReadBytes(out claims.AdId))
            return false;
        claims.CostMicros = (long)cost;
        claims.Currency = currency[..CurrencyNumber.Write(number, currency)];
        return reader.AtEnd && IsId(claims.ClickId) && IsId(claims.AdId) && (cost == 0 || number != 0);
    }

    private static bool IsId(ReadOnlySpan<byte> id) => id.Length is > 0 and <= EventLimits.MaxIdBytes;

    private static int WriteVarint(Span<byte> target, int at, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            target[at++] = (byte)(value | 0x80);
        target[at++] = (byte)value;
        return at;
    }

    // Ids are at most 128 bytes, so their length may take two bytes as a varint.
    private static int WriteText(Span<byte> target, int at, ReadOnlySpan<byte> text)
    {
        at = WriteVarint(target, at, (ulong)text.Length);
        text.CopyTo(target[at..]);
        return at + text.Length;
    }
}

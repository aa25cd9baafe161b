using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ClickFuncs.Events;

namespace ClickFuncs.Links;

/// <summary>
/// The long form of a link, <c>/api/v1/clicks?ad_id=..&amp;..&amp;sig=..</c>. The signature is base64url, without padding, of
/// HMAC-SHA256 over the domain <c>clickfuncs.link.params.v1</c> and a zero byte, followed by one line
/// <c>name=length:value\n</c> per parameter but <c>sig</c>, ordered by name, with the value decoded and its length in
/// bytes as decimal. So every parameter is bound, and no two sets of parameters give the same text.
/// </summary>
public static class ExplicitForm
{
    /// <summary>Bytes of scratch that <see cref="Read"/> needs.</summary>
    public const int ScratchBytes = (2 * ExplicitQuery.MaxDecodedBytes) + ExplicitParameters.MaxCanonicalOverhead;

    // 100 billion seconds are the year 5138; as milliseconds they are 1973, before any link.
    private const long FirstMilliseconds = 100_000_000_000;

    private static ReadOnlySpan<byte> Domain => "clickfuncs.link.params.v1\0"u8;

    /// <summary>Signs a query string, without the question mark.</summary>
    public static string Write(LinkKey key, ExplicitLink link)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(link);
        string[] values =
        [
            link.AdId, link.AdvertiserId, link.CampaignId, link.ClickId, PriceText.Format(link.CostMicros),
            key.Id.ToString(CultureInfo.InvariantCulture), link.RedirectUrl,
            link.MadeAtMs.ToString(CultureInfo.InvariantCulture), link.UserId,
        ];
        var query = new StringBuilder();
        var canonical = new StringBuilder();
        for (var i = 0; i < values.Length; i++)
        {
            var name = Encoding.ASCII.GetString(ExplicitParameters.Name((ExplicitParameter)i));
            query.Append(name).Append('=').Append(Uri.EscapeDataString(values[i])).Append('&');
            canonical.Append(CultureInfo.InvariantCulture, $"{name}={Encoding.UTF8.GetByteCount(values[i])}:{values[i]}\n");
        }

        Span<byte> signature = stackalloc byte[LinkKey.SignatureBytes];
        key.Sign(Domain, Encoding.UTF8.GetBytes(canonical.ToString()), signature);
        return query.Append("sig=").Append(Base64Url.EncodeToString(signature)).ToString();
    }

    /// <summary>Verifies a query string and reads it; on a defect nothing in <paramref name="claims"/> is to be believed. The clock is not looked at.</summary>
    /// <param name="query">As it came, still encoded, with or without the question mark.</param>
    /// <param name="keys">Keys whose links are accepted.</param>
    /// <param name="lifetime">How long links live; decides the expiry in the claims.</param>
    /// <param name="scratch">At least <see cref="ScratchBytes"/>; the claims point into it.</param>
    /// <param name="claims">What the link says; without a currency, which is the ad's.</param>
    public static LinkDefect Read(
        ReadOnlySpan<char> query, LinkKeyRing keys, TimeSpan lifetime, Span<byte> scratch, out LinkClaims claims)
    {
        ArgumentNullException.ThrowIfNull(keys);
        claims = default;
        var decoded = scratch[..ExplicitQuery.MaxDecodedBytes];
        if (!ExplicitQuery.TryRead(query, decoded, out var slices))
            return LinkDefect.Malformed;
        Span<byte> signature = stackalloc byte[LinkKey.SignatureBytes];
        if (!TryReadSignature(Value(decoded, slices, ExplicitParameter.Signature), signature)
            || !TryReadKeyId(Value(decoded, slices, ExplicitParameter.KeyId), out var keyId))
            return LinkDefect.Malformed;
        if (!keys.TryGet(keyId, out var key))
            return LinkDefect.UnknownKey;
        var canonical = scratch[decoded.Length..];
        if (!key.Verify(Domain, canonical[..WriteCanonical(decoded, slices, canonical)], signature))
            return LinkDefect.BadSignature;
        return ReadValues(decoded, slices, lifetime, ref claims) ? LinkDefect.None : LinkDefect.Malformed;
    }

    private static bool ReadValues(ReadOnlySpan<byte> decoded, scoped in ParameterSlices slices, TimeSpan lifetime, ref LinkClaims claims)
    {
        claims.AdId = Value(decoded, slices, ExplicitParameter.AdId);
        claims.AdvertiserId = Value(decoded, slices, ExplicitParameter.AdvertiserId);
        claims.CampaignId = Value(decoded, slices, ExplicitParameter.CampaignId);
        claims.ClickId = Value(decoded, slices, ExplicitParameter.ClickId);
        claims.UserId = Value(decoded, slices, ExplicitParameter.UserId);
        claims.RedirectUrl = Value(decoded, slices, ExplicitParameter.RedirectUrl);
        if (claims.AdId.IsEmpty || claims.AdvertiserId.IsEmpty || claims.CampaignId.IsEmpty || claims.ClickId.IsEmpty
            || claims.RedirectUrl.IsEmpty)
            return false;
        var time = Value(decoded, slices, ExplicitParameter.Timestamp);
        if (!TryReadDigits(time, maxDigits: 15, out var madeAt)
            || !PriceText.TryParse(Value(decoded, slices, ExplicitParameter.CostPerClick), out claims.CostMicros))
            return false;
        claims.ExpiresAtMs = (madeAt < FirstMilliseconds ? madeAt * 1000 : madeAt) + (long)lifetime.TotalMilliseconds;
        return claims.CostMicros <= EventLimits.MaxCostMicros;
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> decoded, scoped in ParameterSlices slices, ExplicitParameter parameter) =>
        decoded.Slice(slices[(int)parameter].Start, slices[(int)parameter].Length);

    private static int WriteCanonical(ReadOnlySpan<byte> decoded, scoped in ParameterSlices slices, Span<byte> target)
    {
        var at = 0;
        for (var i = 0; i < ExplicitParameters.SignedCount; i++)
        {
            var name = ExplicitParameters.Name((ExplicitParameter)i);
            name.CopyTo(target[at..]);
            at += name.Length;
            target[at++] = (byte)'=';
            Utf8Formatter.TryFormat(slices[i].Length, target[at..], out var digits);
            at += digits;
            target[at++] = (byte)':';
            var value = decoded.Slice(slices[i].Start, slices[i].Length);
            value.CopyTo(target[at..]);
            at += value.Length;
            target[at++] = (byte)'\n';
        }

        return at;
    }

    private static bool TryReadSignature(ReadOnlySpan<byte> text, Span<byte> signature)
    {
        // One spelling only: the decoder forgives padding, white space and stray last bits.
        Span<byte> canonical = stackalloc byte[((LinkKey.SignatureBytes * 4) + 2) / 3];
        return text.Length == canonical.Length
            && Base64Url.DecodeFromUtf8(text, signature, out _, out var length) == System.Buffers.OperationStatus.Done
            && length == signature.Length
            && Base64Url.TryEncodeToUtf8(signature, canonical, out _)
            && text.SequenceEqual(canonical);
    }

    private static bool TryReadKeyId(ReadOnlySpan<byte> text, out byte id)
    {
        var valid = TryReadDigits(text, maxDigits: 3, out var number) && number is >= 1 and <= 255 && text[0] != '0';
        id = valid ? (byte)number : (byte)0;
        return valid;
    }

    private static bool TryReadDigits(ReadOnlySpan<byte> text, int maxDigits, out long number)
    {
        number = 0;
        if (text.IsEmpty || text.Length > maxDigits)
            return false;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}

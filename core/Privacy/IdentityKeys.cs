using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ClickFuncs.Privacy;

/// <summary>
/// Makes the pseudonyms of (address, ad) and (user, ad) that leave the click log (R9). Keys rotate: every UTC day of the event's time has keys of
/// its own, derived from one secret, so that nobody without it can follow a visitor from one day to the next, or try all addresses. Whoever looks
/// across midnight asks for both days. Thread-safe; allocates only when a day is new.
/// </summary>
public sealed class IdentityKeys
{
    /// <summary>Bytes of the secret.</summary>
    public const int SecretBytes = 32;

    private const int MaxDays = 8;
    private const long DayMs = 86_400_000;

    private readonly byte[] _secret;
    private volatile DayKey[] _days = [];

    /// <summary>From a secret of <see cref="SecretBytes"/> random bytes.</summary>
    /// <exception cref="ArgumentException">It is shorter or longer.</exception>
    public IdentityKeys(ReadOnlySpan<byte> secret)
    {
        if (secret.Length != SecretBytes)
            throw new ArgumentException($"The secret of identities has {SecretBytes} bytes, not {secret.Length}.", nameof(secret));
        _secret = secret.ToArray();
    }

    /// <summary>The UTC day of a time, counted from the Unix epoch.</summary>
    public static int DayOf(long timeMs) => (int)(timeMs / DayMs);

    /// <summary>The pseudonym, under the keys of a day.</summary>
    /// <param name="kind">What <paramref name="identity"/> is.</param>
    /// <param name="day">Days since the Unix epoch.</param>
    /// <param name="identity">The address or user id as it lies on the event.</param>
    /// <param name="adId">The ad.</param>
    public ulong Of(IdentityKind kind, int day, ReadOnlySpan<byte> identity, ReadOnlySpan<byte> adId)
    {
        var key = Find(day);
        var (first, second) = kind == IdentityKind.Ip ? key.Ip : key.User;
        return SipHash.Of(first ^ SipHash.Of(first, second, identity), second, adId);
    }

    private DayKey Find(int day)
    {
        foreach (var key in _days)
        {
            if (key.Day == day)
                return key;
        }

        // Two threads may derive the same one; either result is right.
        var made = new DayKey(day, Derive(day, "ip"), Derive(day, "user"));
        _days = [made, .. _days.Take(MaxDays - 1)];
        return made;
    }

    private (ulong, ulong) Derive(int day, string purpose)
    {
        Span<byte> derived = stackalloc byte[16];
        HKDF.Expand(HashAlgorithmName.SHA256, _secret, derived, Encoding.ASCII.GetBytes($"velocity {purpose} {day.ToString(System.Globalization.CultureInfo.InvariantCulture)}"));
        return (BinaryPrimitives.ReadUInt64LittleEndian(derived), BinaryPrimitives.ReadUInt64LittleEndian(derived[8..]));
    }

    private sealed record DayKey(int Day, (ulong, ulong) Ip, (ulong, ulong) User);
}

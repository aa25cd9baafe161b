using System.Security.Cryptography;
using System.Text;
using ClickFuncs.Privacy;

namespace ClickFuncs.Batch.Compaction;

/// <summary>
/// Makes the pseudonyms that stand for users and addresses in the compacted archive (R9): the same user gives the same number, and without
/// this key nobody can find a number's user by trying all of them. Lose the key, and old and new numbers can't be compared any more.
/// </summary>
public sealed class PseudonymKey
{
    /// <summary>Bytes of a secret.</summary>
    public const int SecretBytes = 32;

    private readonly (ulong, ulong) _user;
    private readonly (ulong, ulong) _ip;

    /// <summary>From a secret.</summary>
    /// <param name="secret"><see cref="SecretBytes"/> random bytes.</param>
    /// <exception cref="ArgumentException">The secret is shorter or longer.</exception>
    public PseudonymKey(ReadOnlySpan<byte> secret)
    {
        if (secret.Length != SecretBytes)
            throw new ArgumentException($"The secret of pseudonyms has {SecretBytes} bytes, not {secret.Length}.", nameof(secret));
        // Purposes have keys of their own: that a user id and an address are the same text must not show.
        _user = Derive(secret, "user");
        _ip = Derive(secret, "ip");
        Id = Derive(secret, "id").Item1.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Names the key without giving it away; part of each manifest.</summary>
    public string Id { get; }

    internal ulong OfUser(ReadOnlySpan<byte> user) => Of(_user, user);

    internal ulong OfIp(ReadOnlySpan<byte> ip) => Of(_ip, ip);

    // 0 says that there is none, so nobody may get it.
    private static ulong Of((ulong First, ulong Second) key, ReadOnlySpan<byte> text) =>
        text.IsEmpty ? 0 : Math.Max(1, SipHash.Of(key.First, key.Second, text));

    private static (ulong First, ulong Second) Derive(ReadOnlySpan<byte> secret, string purpose)
    {
        Span<byte> derived = stackalloc byte[16];
        HKDF.Expand(HashAlgorithmName.SHA256, secret, derived, Encoding.ASCII.GetBytes(purpose));
        return (BitConverter.ToUInt64(derived[..8]), BitConverter.ToUInt64(derived[8..]));
    }
}

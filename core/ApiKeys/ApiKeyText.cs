using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace ClickFuncs.ApiKeys;

/// <summary>
/// The key as its holder has it: <c>cfk_{id}_{secret}</c>. The secret has 256 random bits, so that a plain hash of it needs no
/// salt and no stretching: there is nothing to guess. The prefix lets scanners find keys that were published by mistake.
/// </summary>
public static class ApiKeyText
{
    /// <summary>How every key begins.</summary>
    public const string Prefix = "cfk_";

    /// <summary>Longest name, in characters.</summary>
    public const int MaxNameLength = 100;

    private static readonly SearchValues<char> IdLetters = SearchValues.Create("0123456789abcdef");

    private const int IdBytes = 6;
    private const int IdLength = 2 * IdBytes;
    private const int SecretBytes = 32;
    private const int SecretLength = 43;

    /// <summary>Makes a key.</summary>
    /// <param name="name">What its owner calls it, 1 to <see cref="MaxNameLength"/> characters without control characters.</param>
    /// <param name="advertiserId">The advertiser it may act for; null for any.</param>
    /// <param name="now">The time.</param>
    /// <param name="text">The key itself; this is the only time it exists outside of its holder's hands.</param>
    /// <exception cref="ArgumentException">The name or the advertiser is none.</exception>
    public static ApiKey Make(string name, string? advertiserId, DateTimeOffset now, out string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Length > MaxNameLength || name.Any(char.IsControl))
            throw new ArgumentException($"A key's name has at most {MaxNameLength} characters, none of them a control character.", nameof(name));
        if (advertiserId is { Length: 0 })
            throw new ArgumentException("An advertiser's id is not empty.", nameof(advertiserId));
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        text = $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
        return new ApiKey { Id = id, Name = name, AdvertiserId = advertiserId, Hash = HashOf(text), CreatedAt = now };
    }

    /// <summary>Finds the id in a key; whether the key is good is another matter.</summary>
    public static bool TryReadId(string text, [NotNullWhen(true)] out string? id)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isKey = text.Length == Prefix.Length + IdLength + 1 + SecretLength
            && text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length + IdLength] == '_'
            && !text.AsSpan(Prefix.Length, IdLength).ContainsAnyExcept(IdLetters);
        id = isKey ? text.Substring(Prefix.Length, IdLength) : null;
        return isKey;
    }

    /// <summary>Whether this text is that key and the key is not revoked; takes the same time wherever they differ.</summary>
    public static bool IsGood(string text, ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return CryptographicOperations.FixedTimeEquals(HashOf(text), key.Hash.Span) && key.RevokedAt is null;
    }

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

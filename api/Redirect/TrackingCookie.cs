using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace ClickFuncs.Api.Redirect;

/// <summary>
/// The user id in the cookie <c>cf_uid</c>: 128 random bits, renewed at each click. A user who opted out (<c>DNT: 1</c>,
/// <c>Sec-GPC: 1</c> or the cookie <c>cf_optout=1</c>) gets none, and none is read (R1).
/// </summary>
internal sealed class TrackingCookie(TimeSpan lifetime)
{
    /// <summary>Length of an id, in characters.</summary>
    public const int IdLength = 22;

    /// <summary>Name of the cookie.</summary>
    public const string Name = "cf_uid";

    private static readonly SearchValues<char> IdAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>What follows the id in a Set-Cookie header.</summary>
    public string Attributes { get; } = string.Create(
        CultureInfo.InvariantCulture, $"; Max-Age={(long)lifetime.TotalSeconds}; Path=/; Secure; HttpOnly; SameSite=Lax");

    /// <summary>Reads one Cookie header. False when it opts out.</summary>
    /// <param name="line">The header's value.</param>
    /// <param name="id">Receives the id, <see cref="IdLength"/> ASCII characters, the first time one is found.</param>
    /// <param name="known">Whether it holds one.</param>
    public static bool TryRead(ReadOnlySpan<char> line, Span<byte> id, ref bool known)
    {
        while (!line.IsEmpty)
        {
            var end = line.IndexOf(';');
            var pair = (end < 0 ? line : line[..end]).Trim(' ');
            line = end < 0 ? default : line[(end + 1)..];
            if (pair.SequenceEqual("cf_optout=1"))
                return false;
            if (!known && pair.StartsWith(Name + "=") && IsId(pair[(Name.Length + 1)..]))
                known = Encoding.ASCII.GetBytes(pair[(Name.Length + 1)..], id) == IdLength;
        }

        return true;
    }

    /// <summary>Makes the id of somebody who has none.</summary>
    public static void MakeId(Span<byte> id)
    {
        Span<byte> random = stackalloc byte[16];
        RandomBlock.Fill(random);
        Base64Url.EncodeToUtf8(random, id);
    }

    /// <summary>The value of a Set-Cookie header.</summary>
    public string Write(ReadOnlySpan<byte> id)
    {
        Span<char> text = stackalloc char[IdLength];
        Encoding.ASCII.GetChars(id, text);
        return string.Concat(Name + "=", text, Attributes);
    }

    // A stranger's value is taken only if it could be ours: it goes onto the log and into a header.
    private static bool IsId(ReadOnlySpan<char> value) => value.Length == IdLength && !value.ContainsAnyExcept(IdAlphabet);
}

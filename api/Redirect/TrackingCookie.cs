using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ClickFuncs.Api.Redirect;

/// <summary>
/// The user id in the cookie <c>cf_uid</c>: 128 random bits, renewed at each click. A user who opted out (<c>DNT: 1</c>,
/// <c>Sec-GPC: 1</c> or the cookie <c>cf_optout=1</c>) gets none, and none is read (R1).
/// </summary>
internal sealed class TrackingCookie(TimeSpan lifetime)
{
    /// <summary>Length of an id, in characters.</summary>
    public const int IdLength = 22;

    private const string Name = "cf_uid";

    private static readonly SearchValues<char> IdAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly string _attributes = string.Create(
        CultureInfo.InvariantCulture, $"; Max-Age={(long)lifetime.TotalSeconds}; Path=/; Secure; HttpOnly; SameSite=Lax");

    /// <summary>Reads the id the browser sent, or makes one. False when the user opted out.</summary>
    /// <param name="headers">Of the request.</param>
    /// <param name="id">Receives <see cref="IdLength"/> ASCII characters.</param>
    public static bool TryIdentify(IHeaderDictionary headers, Span<byte> id)
    {
        if (IsOne(headers, "DNT") || IsOne(headers, "Sec-GPC"))
            return false;
        var known = false;
        foreach (var line in headers.Cookie)
        {
            var rest = line.AsSpan();
            while (!rest.IsEmpty)
            {
                var end = rest.IndexOf(';');
                var pair = (end < 0 ? rest : rest[..end]).Trim(' ');
                rest = end < 0 ? default : rest[(end + 1)..];
                if (pair.SequenceEqual("cf_optout=1"))
                    return false;
                if (!known && pair.StartsWith(Name + "=") && IsId(pair[(Name.Length + 1)..]))
                    known = Encoding.ASCII.GetBytes(pair[(Name.Length + 1)..], id) == IdLength;
            }
        }

        if (!known)
            MakeId(id);
        return true;
    }

    /// <summary>The value of a Set-Cookie header.</summary>
    public string Write(ReadOnlySpan<byte> id)
    {
        Span<char> text = stackalloc char[IdLength];
        Encoding.ASCII.GetChars(id, text);
        return string.Concat(Name + "=", text, _attributes);
    }

    // A stranger's value is taken only if it could be ours: it goes onto the log and into a header.
    private static bool IsId(ReadOnlySpan<char> value) => value.Length == IdLength && !value.ContainsAnyExcept(IdAlphabet);

    private static bool IsOne(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var value) && value.Count == 1 && value[0] == "1";

    private static void MakeId(Span<byte> id)
    {
        Span<byte> random = stackalloc byte[16];
        RandomBlock.Fill(random);
        Base64Url.EncodeToUtf8(random, id);
    }
}

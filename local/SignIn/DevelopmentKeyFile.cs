using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using ClickFuncs.Local.Storage;
using Microsoft.IdentityModel.Tokens;

namespace ClickFuncs.Local.SignIn;

/// <summary>
/// The private key of a machine's development issuer, as a JSON Web Key: made at first use, kept in the data folder, readable by
/// its owner only. Delete it and restart the host, and none of its tokens is accepted any more.
/// </summary>
internal static class DevelopmentKeyFile
{
    /// <summary>Reads the key, after making it if there is none. Two processes that make one at once end up with the same.</summary>
    /// <exception cref="InvalidDataException">The file holds no such key.</exception>
    public static JsonWebKey OpenOrCreate(string path)
    {
        if (!File.Exists(path))
            DurableFile.TryCreate(path, JsonSerializer.SerializeToUtf8Bytes(Make(), JsonSerializerOptions.Web), ownerOnly: true);
        try
        {
            var content = JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path), JsonSerializerOptions.Web);
            return content is { Kty: "EC", Crv: "P-256", Kid.Length: > 0, X.Length: > 0, Y.Length: > 0, D.Length: > 0 }
                ? new JsonWebKey { Kty = "EC", Crv = "P-256", Kid = content.Kid, X = content.X, Y = content.Y, D = content.D }
                : throw Unusable(path);
        }
        catch (JsonException failure)
        {
            throw Unusable(path, failure);
        }
    }

    /// <summary>The half that verifies.</summary>
    public static JsonWebKey PublicHalf(JsonWebKey key) => new() { Kty = key.Kty, Crv = key.Crv, Kid = key.Kid, X = key.X, Y = key.Y };

    private static Content Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        var kid = Base64Url.EncodeToString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 12));
        return new Content(
            "EC", "P-256", kid, Base64Url.EncodeToString(parameters.Q.X), Base64Url.EncodeToString(parameters.Q.Y), Base64Url.EncodeToString(parameters.D));
    }

    private static InvalidDataException Unusable(string path, Exception? cause = null) =>
        new($"{path} is no private P-256 key as JSON Web Key. Restore it, or delete it: the next start makes a new one.", cause);

    private sealed record Content(string Kty, string Crv, string Kid, string X, string Y, string D);
}

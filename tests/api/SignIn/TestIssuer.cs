using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClickFuncs.Testing.Time;

namespace ClickFuncs.Api.Tests.SignIn;

/// <summary>
/// An identity provider by hand: its tokens are put together byte by byte and share nothing with the code under test, so that
/// every wrong token can be made too.
/// </summary>
internal sealed class TestIssuer : IDisposable
{
    public const string Name = "https://issuer.test/";

    private static readonly Lazy<TestIssuer> Default = new(() => new TestIssuer());

    private readonly string _folder = Directory.CreateTempSubdirectory("clickfuncs-issuer-").FullName;

    public TestIssuer()
    {
        KeySetFile = Path.Combine(_folder, "keys.json");
        Publish(Rsa("rsa-1", RsaKey), Ec("ec-1", EcKey));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    /// <summary>One for all tests that don't rotate keys.</summary>
    public static TestIssuer Shared => Default.Value;

    public RSA RsaKey { get; } = RSA.Create(2048);

    public ECDsa EcKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Where its public keys lie.</summary>
    public string KeySetFile { get; }

    /// <summary>The claims of a good token at the manual clock's start: an operator's, for an hour.</summary>
    public static JsonObject Claims(string role = "operator", params string[] advertisers) => new()
    {
        ["iss"] = Name,
        ["aud"] = "clickfuncs",
        ["sub"] = "user-1",
        ["iat"] = At(TimeSpan.Zero),
        ["nbf"] = At(TimeSpan.Zero),
        ["exp"] = At(TimeSpan.FromHours(1)),
        ["roles"] = new JsonArray(role),
        ["advertiser_id"] = new JsonArray([.. advertisers.Select(id => JsonValue.Create(id))]),
    };

    /// <summary>The same with one claim changed, or taken away with null.</summary>
    public static JsonObject ClaimsWith(string name, JsonNode? value)
    {
        var claims = Claims();
        claims.Remove(name);
        if (value is not null)
            claims[name] = value;
        return claims;
    }

    /// <summary>Unix time of an instant after the manual clock's start.</summary>
    public static long At(TimeSpan offset) => (new ManualClock().GetUtcNow() + offset).ToUnixTimeSeconds();

    /// <summary>A token signed with ES256.</summary>
    public string Token(JsonObject? claims = null) => Sign(Header("ES256", "ec-1"), claims ?? Claims(), SignEs256);

    /// <summary>A token of a role.</summary>
    public string TokenOf(string role, params string[] advertisers) => Token(Claims(role, advertisers));

    public byte[] SignEs256(byte[] text) => EcKey.SignData(text, HashAlgorithmName.SHA256);

    public byte[] SignRs256(byte[] text) => RsaKey.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public byte[] SignPs256(byte[] text) => RsaKey.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);

    public static JsonObject Header(string algorithm, string? kid)
    {
        var header = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" };
        if (kid is not null)
            header["kid"] = kid;
        return header;
    }

    /// <summary>Header, claims and the signature over both.</summary>
    public static string Sign(JsonNode header, JsonNode claims, Func<byte[], byte[]> sign)
    {
        var text = $"{Encode(header.ToJsonString())}.{Encode(claims.ToJsonString())}";
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    /// <summary>Replaces the published keys.</summary>
    public void Publish(params JsonObject[] keys) => File.WriteAllText(KeySetFile, KeySet(keys));

    public static string KeySet(params JsonObject[] keys) => JsonSerializer.Serialize(new JsonObject { ["keys"] = new JsonArray([.. keys]) });

    public static JsonObject Rsa(string kid, RSA key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = kid, ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = Base64Url.EncodeToString(parameters.Exponent) };
    }

    public static JsonObject Ec(string kid, ECDsa key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["use"] = "sig", ["kid"] = kid, ["x"] = Base64Url.EncodeToString(parameters.Q.X), ["y"] = Base64Url.EncodeToString(parameters.Q.Y) };
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        RsaKey.Dispose();
        EcKey.Dispose();
    }
}

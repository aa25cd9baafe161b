using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ClickFuncs.Api.Tests.SignIn;

/// <summary>Every Authorization header that must not open anything, by what is wrong with it. All else about each is right.</summary>
internal static class WrongTokens
{
    private static readonly TestIssuer Issuer = TestIssuer.Shared;
    private static readonly ECDsa StrangersKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["nothing after the scheme"] = "Bearer ",
        ["another scheme"] = "Basic b3BlcmF0b3I6b3BlcmF0b3I=",
        ["no token"] = "Bearer not-a-token",
        ["three empty parts"] = "Bearer ..",
        ["header is no JSON"] = $"Bearer {TestIssuer.Encode("{")}.{TestIssuer.Encode("{}")}.AAAA",
        ["header is a list"] = $"Bearer {TestIssuer.Encode("[]")}.{TestIssuer.Encode("[]")}.AAAA",
        ["claims are a text"] = $"Bearer {TestIssuer.Encode("{\"alg\":\"ES256\",\"kid\":\"ec-1\"}")}.{TestIssuer.Encode("\"x\"")}.AAAA",
        ["issuer is a number"] = Bearer(TestIssuer.ClaimsWith("iss", 5)),
        ["issuer is an object"] = Bearer(TestIssuer.ClaimsWith("iss", new JsonObject { ["a"] = 1 })),
        ["expired"] = Bearer(TestIssuer.ClaimsWith("exp", TestIssuer.At(TimeSpan.FromMinutes(-2)))),
        ["without an end"] = Bearer(TestIssuer.ClaimsWith("exp", null)),
        ["end is no number"] = Bearer(TestIssuer.ClaimsWith("exp", "tomorrow")),
        ["end is negative"] = Bearer(TestIssuer.ClaimsWith("exp", -1)),
        ["end is beyond all times"] = Bearer(TestIssuer.ClaimsWith("exp", JsonNode.Parse("1e300"))),
        ["not yet valid"] = Bearer(TestIssuer.ClaimsWith("nbf", TestIssuer.At(TimeSpan.FromMinutes(2)))),
        ["wrong audience"] = Bearer(TestIssuer.ClaimsWith("aud", "another-api")),
        ["without audience"] = Bearer(TestIssuer.ClaimsWith("aud", null)),
        ["wrong issuer"] = Bearer(TestIssuer.ClaimsWith("iss", "https://issuer.test.evil/")),
        ["without issuer"] = Bearer(TestIssuer.ClaimsWith("iss", null)),
        ["development issuer where there is none"] = Bearer(TestIssuer.ClaimsWith("iss", "urn:clickfuncs:development")),
        ["without subject"] = Bearer(TestIssuer.ClaimsWith("sub", null)),
        ["alg none without signature"] = With(TestIssuer.Header("none", "ec-1"), _ => []),
        ["alg None in other letters"] = With(TestIssuer.Header("nOnE", "ec-1"), _ => []),
        ["alg none with a signature"] = With(TestIssuer.Header("none", "ec-1"), Issuer.SignEs256),
        ["without alg"] = With(new JsonObject { ["kid"] = "ec-1" }, Issuer.SignEs256),
        ["alg ES256 without signature"] = With(TestIssuer.Header("ES256", "ec-1"), _ => []),
        ["alg ES256 with a signature of zeros"] = With(TestIssuer.Header("ES256", "ec-1"), _ => new byte[64]),
        ["HMAC with the public key as text"] = With(TestIssuer.Header("HS256", "rsa-1"), Hmac(Encoding.ASCII.GetBytes(Issuer.RsaKey.ExportSubjectPublicKeyInfoPem()))),
        ["HMAC with the public key as bytes"] = With(TestIssuer.Header("HS256", "rsa-1"), Hmac(Issuer.RsaKey.ExportSubjectPublicKeyInfo())),
        ["HMAC with the modulus"] = With(TestIssuer.Header("HS256", "rsa-1"), Hmac(Issuer.RsaKey.ExportParameters(false).Modulus!)),
        ["HMAC with an empty key"] = With(TestIssuer.Header("HS256", "ec-1"), Hmac([])),
        ["RS512, a good signature of a kind not allowed"] = With(
            TestIssuer.Header("RS512", "rsa-1"), text => Issuer.RsaKey.SignData(text, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)),
        ["RS256 said, PS256 signed"] = With(TestIssuer.Header("RS256", "rsa-1"), Issuer.SignPs256),
        ["the other key's algorithm"] = With(TestIssuer.Header("ES256", "rsa-1"), Issuer.SignRs256),
        ["unknown kid"] = With(TestIssuer.Header("ES256", "ec-2"), Issuer.SignEs256),
        ["without kid"] = With(TestIssuer.Header("ES256", null), Issuer.SignEs256),
        ["kid that is a path"] = With(TestIssuer.Header("ES256", "../../dev/null"), Hmac([])),
        ["a stranger's key under a known kid"] = With(TestIssuer.Header("ES256", "ec-1"), Stranger),
        ["a stranger's key in the header"] = With(WithEmbeddedKey(), Stranger),
        ["critical header"] = With(new JsonObject { ["alg"] = "ES256", ["kid"] = "ec-1", ["crit"] = new JsonArray("b64"), ["b64"] = true }, Issuer.SignEs256),
        ["claims changed after signing"] = Tampered(1),
        ["header changed after signing"] = Tampered(0),
        ["signature cut"] = $"Bearer {Issuer.Token()[..^4]}",
        ["five parts"] = $"Bearer {Issuer.Token()}.AAAA.AAAA",
        ["two tokens"] = $"Bearer {Issuer.Token()}, Bearer {Issuer.Token()}",
        ["too long"] = Bearer(TestIssuer.ClaimsWith("x", new string('x', 20_000))),
    };

    private static string Bearer(JsonObject claims) => $"Bearer {Issuer.Token(claims)}";

    private static string With(JsonObject header, Func<byte[], byte[]> sign) => $"Bearer {TestIssuer.Sign(header, TestIssuer.Claims(), sign)}";

    private static Func<byte[], byte[]> Hmac(byte[] key) => text => HMACSHA256.HashData(key, text);

    private static byte[] Stranger(byte[] text) => StrangersKey.SignData(text, HashAlgorithmName.SHA256);

    private static JsonObject WithEmbeddedKey()
    {
        var header = TestIssuer.Header("ES256", "mine");
        header["jwk"] = TestIssuer.Ec("mine", StrangersKey);
        header["jku"] = "https://evil.test/keys";
        return header;
    }

    private static string Tampered(int part)
    {
        var parts = Issuer.TokenOf("advertiser", "adv_2").Split('.');
        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[part]));
        parts[part] = TestIssuer.Encode(part == 1 ? text.Replace("\"advertiser\"", "\"operator\"", StringComparison.Ordinal) : text.Replace("JWT", "jwt", StringComparison.Ordinal));
        return $"Bearer {string.Join('.', parts)}";
    }
}

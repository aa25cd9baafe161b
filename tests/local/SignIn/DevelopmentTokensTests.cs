using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Local.SignIn;
using ClickFuncs.Local.Tests.State;
using ClickFuncs.Testing.Time;
using Microsoft.IdentityModel.Tokens;

namespace ClickFuncs.Local.Tests.SignIn;

public sealed class DevelopmentTokensTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly JsonWebKey _key;

    public DevelopmentTokensTests()
    {
        Directory.CreateDirectory(_folder.Path);
        _key = DevelopmentKeyFile.OpenOrCreate(Path.Combine(_folder.Path, "key.json"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Make_OfAnAdvertiser_SaysJustThat()
    {
        var token = Make(new SignInOptions(), DevelopmentCallers.OfAdvertisers("adv_1", "adv_2"));
        var claims = Part(token, 1);

        Assert.Equal(
            """{"aud":"clickfuncs","iss":"urn:clickfuncs:development","exp":1782914400,"iat":1782907200,"nbf":1782907200,"sub":"development:adv_1+adv_2","roles":["advertiser"],"advertiser_id":["adv_1","adv_2"]}""",
            claims.GetRawText());
        Assert.Equal(("ES256", _key.Kid), (Part(token, 0).GetProperty("alg").GetString(), Part(token, 0).GetProperty("kid").GetString()));
    }

    [Fact]
    public void Make_WithOtherNames_UsesThem()
    {
        var options = new SignInOptions { Audience = "ads", RoleClaim = "groups", AdvertiserClaim = "customer" };
        var claims = Part(Make(options, DevelopmentCallers.OfAdvertisers("adv_1")), 1);

        Assert.Equal("ads", claims.GetProperty("aud").GetString());
        Assert.Equal("""["advertiser"]""", claims.GetProperty("groups").GetRawText());
        Assert.Equal("""["adv_1"]""", claims.GetProperty("customer").GetRawText());
    }

    [Fact]
    public void Make_Signature_VerifiesWithThePublicHalf()
    {
        var token = Make(new SignInOptions(), DevelopmentCallers.Operator);
        var parts = token.Split('.');
        var key = DevelopmentKeyFile.PublicHalf(_key);
        using var verifier = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(key.X), Y = Base64Url.DecodeFromChars(key.Y) },
        });

        Assert.True(verifier.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
    }

    private string Make(SignInOptions options, Caller caller) => new DevelopmentTokens(_key, options, new ManualClock()).Make(caller, TimeSpan.FromHours(2));

    private static JsonElement Part(string token, int part) => JsonElement.Parse(Base64Url.DecodeFromChars(token.Split('.')[part]));
}

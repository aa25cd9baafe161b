using ClickFuncs.Api.SignIn;
using ClickFuncs.Api.SignIn.Tokens;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ClickFuncs.Local.SignIn;

/// <summary>Makes tokens as the development issuer: for people who try the system, and for verbs that ask their own host.</summary>
/// <param name="key">The issuer's private key.</param>
/// <param name="options">Audience, and what role and advertiser claims are called.</param>
/// <param name="time">The clock.</param>
internal sealed class DevelopmentTokens(JsonWebKey key, SignInOptions options, TimeProvider time)
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A signed token, valid from now on.</summary>
    public string Make(Caller caller, TimeSpan lifetime)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = DevelopmentIssuer.Name,
            Audience = options.Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = caller.Subject,
                [options.RoleClaim] = caller.Roles.ToArray(),
                [options.AdvertiserClaim] = caller.Advertisers.ToArray(),
            },
        });
    }
}

using Microsoft.IdentityModel.Tokens;

namespace ClickFuncs.Api.SignIn.Tokens;

/// <summary>Judges a token's times by the system's clock. A token without an end is refused.</summary>
internal sealed class TokenLifetime(TimeProvider time, TimeSpan skew)
{
    public bool Validate(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (expires is null)
            throw new SecurityTokenNoExpirationException("The token has no expiry.");
        if (now - skew >= expires)
            throw new SecurityTokenExpiredException("The token has expired.") { Expires = expires.Value };
        if (now + skew < notBefore)
            throw new SecurityTokenNotYetValidException("The token is not valid yet.") { NotBefore = notBefore.Value };
        return true;
    }
}

using ClickFuncs.Api.SignIn.Keys;
using ClickFuncs.Api.SignIn.Sessions;
using ClickFuncs.ApiKeys;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;

namespace ClickFuncs.Api.SignIn.Tokens;

/// <summary>
/// Picks the scheme that judges a request. Whoever sends an Authorization header is judged by that alone: a cookie beside it
/// counts for nothing, so a bearer request can't be forged by a page and needs no token against forgery.
/// </summary>
internal static class CredentialSelector
{
    /// <summary>Name of the scheme that only forwards.</summary>
    public const string Scheme = "credentials";

    private const string Bearer = "Bearer ";

    public static string Select(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0)
            return SessionCookie.Scheme;
        var text = header.ToString();
        if (!text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return TokenSchemes.Issuer;
        var token = text[Bearer.Length..].Trim();
        return token.StartsWith(ApiKeyText.Prefix, StringComparison.Ordinal) ? ApiKeyHandler.Scheme : SchemeOf(token);
    }

    /// <summary>The scheme for a token, by the issuer it claims to have: only that one's keys are then tried.</summary>
    public static string SchemeOf(string token)
    {
        // Two dots, or it is no signed token: of an encrypted one, which has four, nobody here could even read the issuer.
        if (token.Length > TokenSchemes.MaxTokenLength || token.AsSpan().Count('.') != 2)
            return TokenSchemes.Issuer;
        try
        {
            return new JsonWebToken(token).Issuer == DevelopmentIssuer.Name ? TokenSchemes.Development : TokenSchemes.Issuer;
        }
        catch (ArgumentException)
        {
            // Not a token at all; the scheme says so again.
            return TokenSchemes.Issuer;
        }
    }
}

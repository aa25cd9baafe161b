using ClickFuncs.Api.Problems;
using Microsoft.IdentityModel.Tokens;

namespace ClickFuncs.Api.SignIn;

/// <summary>Every way in which credentials are refused, with stable types. None says what a right answer would have been.</summary>
internal static class SignInProblems
{
    public static readonly Problem TokenExpired = new(
        "token-expired", 401, "Token expired", "The token's time is over. Get a new one from its issuer.");

    public static readonly Problem TokenInvalid = new(
        "token-invalid", 401, "Token not accepted",
        "The token is not one this server believes: check its issuer, audience, signing key and times.");

    public static readonly Problem SessionOver = new(
        "session-over", 401, "Session over", "This browser session has ended or is not from this server. Sign in again.");

    public static readonly Problem ForgedRequest = new(
        "forged-request", 403, "Request not from this site's pages",
        "A change by session needs the session's token in the header X-CSRF-Token; GET /api/v1/session gives it.");

    public static readonly Problem Malformed = new(
        "sign-in-malformed", 400, "Sign-in can't be read", "Send the body {\"token\":\"...\"} as application/json, and no Authorization header.");

    public static readonly Problem LinkOver = new(
        "sign-in-link-over", 410, "Sign-in link used or expired",
        "A sign-in link works once, for ten minutes. Restart the host for a new one, or sign in with a token.");

    public static readonly Problem Prefetched = new(
        "sign-in-prefetched", 503, "Not opened yet", "A sign-in link is used when it is opened, not when it is fetched ahead.");

    public static readonly Problem TooManyAttempts = new(
        "too-many-attempts", 429, "Too many sign-in attempts", "Wait a minute, then try again.");

    public static readonly Problem NoSuchAdvertiser = new(
        "advertiser-not-found", 404, "No such advertiser", "There is no advertiser of that id that these credentials may see.");

    /// <summary>The problem with a token that was not accepted.</summary>
    public static Problem OfToken(Exception? failure) => failure is SecurityTokenExpiredException ? TokenExpired : TokenInvalid;
}

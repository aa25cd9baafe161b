using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace ClickFuncs.Api.SignIn.Sessions;

/// <summary>Who the caller is, on the wire.</summary>
/// <param name="Subject">The issuer's id of the caller.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="Advertisers">Its own advertisers.</param>
/// <param name="ExpiresAt">When the credentials end.</param>
/// <param name="CsrfToken">For the header <c>X-CSRF-Token</c> of changes; null when the credentials are no session.</param>
internal sealed record SessionAnswer(
    string Subject, IReadOnlyList<string> Roles, IReadOnlyList<string> Advertisers, DateTime ExpiresAt, string? CsrfToken)
{
    public static Task WriteAsync(HttpContext context, ClaimsPrincipal user)
    {
        var caller = Caller.Of(user);
        var answer = new SessionAnswer(
            caller.Subject, caller.Roles, caller.Advertisers, CallerClaims.ExpiryOf(user).UtcDateTime, SessionCookie.SecretOf(user));
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(answer, SessionJson.Default.SessionAnswer, cancellationToken: context.RequestAborted);
    }
}

/// <summary>What <c>POST /signin</c> reads.</summary>
internal sealed record SignInBody(string? Token);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(SignInBody))]
internal sealed partial class SessionJson : JsonSerializerContext;

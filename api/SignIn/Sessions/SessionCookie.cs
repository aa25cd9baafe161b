using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using ClickFuncs.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.SignIn.Sessions;

/// <summary>
/// The browser session: an encrypted cookie that scripts can't read and other sites can't send. It holds the caller, the end, an id
/// by which it can be ended sooner, and the secret that the session's own pages add to changes; the token it was opened with is not kept.
/// </summary>
internal sealed class SessionCookie(IOptions<SignInOptions> signIn) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    public const string Scheme = "session";

    private const string Secret = "csrf";
    private const string Id = "sid";

    public void Configure(CookieAuthenticationOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        var alwaysSecure = signIn.Value.SecureCookie;
        options.Cookie.Name = alwaysSecure ? "__Host-cf_session" : "cf_session";
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = alwaysSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.SlidingExpiration = false;
        options.Events.OnValidatePrincipal = RefuseEndedAsync;
    }

    /// <summary>Opens a session that ends with the credentials, or after the longest session if that is sooner.</summary>
    /// <returns>The session as its next requests will see it.</returns>
    public static async Task<ClaimsPrincipal> OpenAsync(
        HttpContext context, Caller caller, DateTimeOffset credentialsEnd, SignInOptions options, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var end = Earlier(credentialsEnd, now + options.SessionLifetime);
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var session = CallerClaims.Principal(caller, end, Scheme, new Claim(Secret, secret), new Claim(Id, id));
        await context.SignInAsync(Scheme, session, new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = end });
        return session;
    }

    /// <summary>The secret of a request's session; null when its credentials are no session.</summary>
    public static string? SecretOf(ClaimsPrincipal user) =>
        user.Identity?.AuthenticationType == Scheme ? user.FindFirst(Secret)?.Value : null;

    /// <summary>The session of a request; null when its credentials are none.</summary>
    public static BrowserSession? SessionOf(ClaimsPrincipal user) =>
        user.Identity?.AuthenticationType == Scheme && user.FindFirst(Id) is { } id ? new BrowserSession(id.Value, CallerClaims.ExpiryOf(user)) : null;

    // One without an id could not be ended: it is from before there were ids, and refused too.
    private static async Task RefuseEndedAsync(CookieValidatePrincipalContext context)
    {
        var revocations = context.HttpContext.RequestServices.GetRequiredService<ISessionRevocations>();
        if (context.Principal is not { } user || SessionOf(user) is not { } session
            || await revocations.IsRevokedAsync(session, context.HttpContext.RequestAborted))
            context.RejectPrincipal();
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}

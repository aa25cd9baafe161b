using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ClickFuncs.Telemetry;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace ClickFuncs.Api.SignIn.Sessions;

/// <summary>
/// Keeps other sites from making changes with a visitor's session (CSRF): a change by session needs the session's secret in a header.
/// The secret lies encrypted in the session cookie itself, so there is no second cookie that a neighbouring site could set,
/// and only pages of this origin can read it. Endpoints for anybody act for nobody, and are left alone.
/// </summary>
internal sealed class ForgeryGuard(RequestDelegate next)
{
    public const string Header = "X-CSRF-Token";

    public Task InvokeAsync(HttpContext context)
    {
        if (!IsChange(context.Request.Method)
            || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || SessionCookie.SecretOf(context.User) is not { } secret
            || IsSame(secret, context.Request.Headers[Header].ToString()))
            return next(context);
        SignInInstruments.Refusals.Add(1, new KeyValuePair<string, object?>("reason", SignInProblems.ForgedRequest.Code));
        return SignInProblems.ForgedRequest.WriteAsync(context);
    }

    /// <summary>Whether the browser says that another site's page sent the request. Browsers can't be made to lie about it; other clients don't say.</summary>
    public static bool IsFromAnotherSite(HttpRequest request) =>
        request.Headers.TryGetValue("Sec-Fetch-Site", out var site) && site != "same-origin" && site != "none";

    private static bool IsChange(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method) && !HttpMethods.IsTrace(method);

    private static bool IsSame(string secret, string sent) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(secret.AsSpan()), MemoryMarshal.AsBytes(sent.AsSpan()));
}

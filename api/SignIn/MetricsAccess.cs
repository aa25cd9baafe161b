using System.Net;
using ClickFuncs.Api.Redirect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.SignIn;

/// <summary>What <see cref="Access.Metrics"/> asks for.</summary>
internal sealed class MetricsRequirement : IAuthorizationRequirement;

/// <summary>
/// Lets operators read metrics, and whoever is on this machine. To a proxy on the machine everybody is on the machine, so a
/// request with a proxy's marks, or for a name that is not loopback's (a proxy's, or a rebound one in a browser), needs credentials.
/// </summary>
internal sealed class MetricsAccess(IOptions<SignInOptions> signIn, IOptions<RedirectOptions> redirect)
    : AuthorizationHandler<MetricsRequirement>
{
    private static readonly string[] ProxyMarks = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, MetricsRequirement requirement)
    {
        if (context.User.IsInRole(Roles.Operator) || (IsOpen && context.Resource is HttpContext http && IsThisMachine(http)))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }

    private bool IsOpen => signIn.Value.OpenMetricsOnLoopback && redirect.Value.TrustedProxies.Count == 0;

    private static bool IsThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && NamesLoopback(context.Request.Host.Host)
        && !ProxyMarks.Any(context.Request.Headers.ContainsKey);

    private static bool NamesLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClickFuncs.Api.SignIn;

/// <summary>
/// Every authorization policy, named by what it protects. An endpoint requires one of them or says <c>AllowAnonymous</c>; one
/// that says neither is refused to everybody.
/// </summary>
public static class Access
{
    /// <summary>Numbers of an advertiser: its own people, finance, operators. The endpoint still has to ask <see cref="Caller.MaySee"/>.</summary>
    public const string AdvertiserNumbers = "advertiser-numbers";

    /// <summary>Closes, ledger, statements of everybody: finance.</summary>
    public const string FinanceBooks = "finance-books";

    /// <summary>Sending events: programs with an API key. The endpoint still has to ask <see cref="Caller.MayActFor"/>.</summary>
    public const string EventSending = "event-sending";

    /// <summary>Making links: programs with an API key, advertisers, operators. The endpoint still has to ask <see cref="Caller.MayActFor"/>.</summary>
    public const string LinkMaking = "link-making";

    /// <summary>The inside of the running system: operators.</summary>
    public const string Operations = "operations";

    /// <summary>Which campaigns to stop: ad servers, by an API key of the platform, and operators.</summary>
    public const string BudgetFeed = "budget-feed";

    /// <summary>Setting budgets: finance, operators.</summary>
    public const string BudgetChanges = "budget-changes";

    /// <summary>Metrics: operators, and this machine itself unless <see cref="SignInOptions.OpenMetricsOnLoopback"/> is off.</summary>
    public const string Metrics = "metrics";

    /// <summary>What concerns only the caller's own credentials: anybody signed in.</summary>
    public const string OwnSession = "own-session";

    internal static void Define(AuthorizationOptions options)
    {
        options.AddPolicy(AdvertiserNumbers, policy => policy.RequireRole(Roles.Advertiser, Roles.Finance, Roles.Operator));
        options.AddPolicy(FinanceBooks, policy => policy.RequireRole(Roles.Finance));
        options.AddPolicy(EventSending, policy => policy.RequireRole(Roles.Sender, Roles.PlatformSender));
        options.AddPolicy(LinkMaking, policy => policy.RequireRole(Roles.Sender, Roles.PlatformSender, Roles.Advertiser, Roles.Operator));
        options.AddPolicy(Operations, policy => policy.RequireRole(Roles.Operator));
        options.AddPolicy(BudgetFeed, policy => policy.RequireRole(Roles.Operator, Roles.PlatformSender));
        options.AddPolicy(BudgetChanges, policy => policy.RequireRole(Roles.Finance, Roles.Operator));
        options.AddPolicy(Metrics, policy => policy.AddRequirements(new MetricsRequirement()));
        options.AddPolicy(OwnSession, policy => policy.RequireAuthenticatedUser());
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(context => !IsUndeclared(context)).Build();
    }

    // The fallback also judges requests that matched nothing, or only another method: those go on to their 404 or 405.
    private static bool IsUndeclared(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http && http.GetEndpoint() is RouteEndpoint;
}

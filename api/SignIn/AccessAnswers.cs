using ClickFuncs.Api.Problems;
using ClickFuncs.Telemetry;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace ClickFuncs.Api.SignIn;

/// <summary>Answers what authorization refuses: 401 with <c>WWW-Authenticate</c> without good credentials, 403 with good ones that don't allow it.</summary>
internal sealed class AccessAnswers : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        if (authorizeResult.Forbidden)
            await RefuseAsync(context, HttpProblems.Of(StatusCodes.Status403Forbidden));
        else
            await ChallengeAsync(context);
    }

    /// <summary>401 with the problem; a token that was sent and not accepted is called invalid in the header too (RFC 6750).</summary>
    public static Task ChallengeAsync(HttpContext context, Problem problem, bool tokenWasSent)
    {
        context.Response.Headers.WWWAuthenticate =
            tokenWasSent ? "Bearer realm=\"clickfuncs\", error=\"invalid_token\"" : "Bearer realm=\"clickfuncs\"";
        return RefuseAsync(context, problem);
    }

    private static async Task ChallengeAsync(HttpContext context)
    {
        // Not verified again: the scheme remembers its result for the request.
        var failure = (await context.AuthenticateAsync()).Failure;
        var tokenWasSent = failure is not null && context.Request.Headers.Authorization.Count > 0;
        await ChallengeAsync(context, Reason(failure, tokenWasSent), tokenWasSent);
    }

    private static Problem Reason(Exception? failure, bool tokenWasSent) => failure is null
        ? HttpProblems.Of(StatusCodes.Status401Unauthorized)
        : tokenWasSent ? SignInProblems.OfToken(failure) : SignInProblems.SessionOver;

    private static Task RefuseAsync(HttpContext context, Problem problem)
    {
        SignInInstruments.Refusals.Add(1, new KeyValuePair<string, object?>("reason", problem.Code));
        return problem.WriteAsync(context);
    }
}

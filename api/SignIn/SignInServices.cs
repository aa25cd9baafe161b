using ClickFuncs.Api.OpenApi;
using ClickFuncs.Api.Requests;
using ClickFuncs.Api.SignIn.Keys;
using ClickFuncs.Api.SignIn.Sessions;
using ClickFuncs.Api.SignIn.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.SignIn;

/// <summary>Puts sign-in, tenancy and roles into an application.</summary>
public static class SignInServices
{
    /// <summary>
    /// Options come from <c>ClickFuncs:SignIn</c>. The host keeps the data protection keys that sessions are encrypted with, registers an
    /// <see cref="ClickFuncs.Sessions.ISessionRevocations"/>, and may register a <see cref="DevelopmentIssuer"/>.
    /// </summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddOptions<SignInOptions>().BindConfiguration("ClickFuncs:SignIn").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SignInOptions>, SignInOptionsValidator>());
        services.AddCredentials().AddSessions();
        // Before the framework adds its own, which sends people to a login page that doesn't exist.
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
        services.AddSingleton<IAuthorizationHandler, MetricsAccess>();
        services.AddAuthorization(Access.Define);
        return services;
    }

    /// <summary>Judges credentials. Put it after routing, as what is judged depends on the endpoint.</summary>
    internal static IApplicationBuilder UseSignIn(this IApplicationBuilder app) =>
        app.UseRateLimiter().UseAuthentication().UseMiddleware<CallerRateLimit>().UseAuthorization().UseMiddleware<ForgeryGuard>();

    /// <summary>Maps the way in, the way out, and who one is.</summary>
    internal static void MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        var desk = endpoints.ServiceProvider.GetRequiredService<SessionDesk>();
        endpoints.MapPost("/signin", desk.SignInAsync).AllowAnonymous().RequireRateLimiting(SignInRateLimit.Policy);
        endpoints.MapGet("/signin/once/{code}", desk.SignInOnceAsync).AllowAnonymous().RequireRateLimiting(SignInRateLimit.Policy);
        endpoints.MapPost("/signout", desk.SignOutAsync).RequireAuthorization(Access.OwnSession)
            .Describe("Sign-in", "Ends the browser session.").AnswersNothing();
        endpoints.MapGet("/api/v1/session", context => SessionAnswer.WriteAsync(context, context.User)).RequireAuthorization(Access.OwnSession)
            .Describe("Sign-in", "Who the caller is, and the token that changes by session need.").Answers(typeof(SessionAnswer));
    }

    private static IServiceCollection AddCredentials(this IServiceCollection services)
    {
        services.AddAuthentication(CredentialSelector.Scheme)
            .AddPolicyScheme(CredentialSelector.Scheme, null, scheme => scheme.ForwardDefaultSelector = CredentialSelector.Select)
            .AddJwtBearer(TokenSchemes.Issuer, _ => { })
            .AddJwtBearer(TokenSchemes.Development, _ => { })
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Scheme, null)
            .AddCookie(SessionCookie.Scheme);
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, TokenSchemes>();
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, SessionCookie>();
        return services;
    }

    private static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("ClickFuncs");
        services.AddRateLimiter(limiter => limiter.AddPolicy<string, SignInRateLimit>(SignInRateLimit.Policy));
        services.TryAddSingleton<OneTimeCodes>();
        services.TryAddSingleton<SessionDesk>();
        return services;
    }
}

using System.Text.Json;
using ClickFuncs.Api.Problems;
using ClickFuncs.Api.Redirect;
using ClickFuncs.Api.SignIn.Tokens;
using ClickFuncs.Events;
using ClickFuncs.Sessions;
using ClickFuncs.Telemetry;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.SignIn.Sessions;

/// <summary>Opens and closes browser sessions: with a token, with a one-time link, and the way out.</summary>
internal sealed partial class SessionDesk(
    OneTimeCodes codes, ISessionRevocations revocations, IOptions<SignInOptions> options, TimeProvider time, ILogger<SessionDesk> logger)
{
    /// <summary><c>POST /signin</c> with <c>{"token":"..."}</c>. JSON only, as no other site's page can send that unasked.</summary>
    public async Task SignInAsync(HttpContext context)
    {
        if (ForgeryGuard.IsFromAnotherSite(context.Request))
        {
            await RefuseAsync(context, SignInProblems.ForgedRequest);
            return;
        }

        if (!context.Request.HasJsonContentType())
        {
            await RefuseAsync(context, HttpProblems.UnsupportedMediaType);
            return;
        }

        if (await ReadTokenAsync(context) is not { } token)
        {
            await RefuseAsync(context, SignInProblems.Malformed);
            return;
        }

        context.Features.Set(new SubmittedToken(token));
        var verified = await context.AuthenticateAsync(CredentialSelector.SchemeOf(token));
        if (!verified.Succeeded)
        {
            var problem = SignInProblems.OfToken(verified.Failure);
            Note(problem.Code);
            await AccessAnswers.ChallengeAsync(context, problem, tokenWasSent: true);
            return;
        }

        var end = CallerClaims.ExpiryOf(verified.Principal);
        var session = await SessionCookie.OpenAsync(context, Caller.Of(verified.Principal), end, options.Value, time);
        NoteSignedIn(Caller.Of(session));
        await SessionAnswer.WriteAsync(context, session);
    }

    /// <summary><c>GET /signin/once/{code}</c>: uses the code up and leads to the first page.</summary>
    public async Task SignInOnceAsync(HttpContext context)
    {
        // Whoever fetches ahead of the user must not use the link up.
        if (NonClickSigns.Classify(context.Request) != NonClickReason.None)
        {
            await RefuseAsync(context, SignInProblems.Prefetched);
            return;
        }

        if (codes.Take((string)context.Request.RouteValues["code"]!) is not { } caller)
        {
            await RefuseAsync(context, SignInProblems.LinkOver);
            return;
        }

        await SessionCookie.OpenAsync(context, caller, DateTimeOffset.MaxValue, options.Value, time);
        NoteSignedIn(caller);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = "/";
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
    }

    /// <summary><c>POST /signout</c>: the session ends, wherever copies of its cookie are, and the browser forgets it.</summary>
    public async Task SignOutAsync(HttpContext context)
    {
        // First, and to the end even if the browser leaves: an answer that never came may still have been meant.
        if (SessionCookie.SessionOf(context.User) is { } session)
        {
            await revocations.RevokeAsync(session, time.GetUtcNow(), CancellationToken.None);
            NoteSignedOut(Caller.Of(context.User));
        }

        await context.SignOutAsync(SessionCookie.Scheme);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    // A token in the header too would leave open which of the two is meant.
    private static async Task<string?> ReadTokenAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count > 0)
            return null;
        try
        {
            // JSON is UTF-8, whatever charset the type names.
            var body = await JsonSerializer.DeserializeAsync(context.Request.Body, SessionJson.Default.SignInBody, context.RequestAborted);
            return body?.Token?.Trim() is { Length: > 0 } token ? token : null;
        }
        catch (JsonException)
        {
            // Told as a problem, like every other body that holds no token.
            return null;
        }
    }

    private Task RefuseAsync(HttpContext context, Problem problem)
    {
        Note(problem.Code);
        return problem.WriteAsync(context);
    }

    private void NoteSignedIn(Caller caller)
    {
        SignInInstruments.Attempts.Add(1, new KeyValuePair<string, object?>("outcome", "signed_in"));
        LogSignedIn(logger, caller.Subject, caller.Roles);
    }

    private void NoteSignedOut(Caller caller) => LogSignedOut(logger, caller.Subject);

    private void Note(string outcome)
    {
        SignInInstruments.Attempts.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        LogRefused(logger, outcome);
    }

    [LoggerMessage(EventId = 1110, Level = LogLevel.Information, Message = "Signed in: {Subject} as {Roles}.")]
    private static partial void LogSignedIn(ILogger logger, string subject, IReadOnlyList<string> roles);

    [LoggerMessage(EventId = 1112, Level = LogLevel.Information, Message = "Signed out: {Subject}.")]
    private static partial void LogSignedOut(ILogger logger, string subject);

    [LoggerMessage(EventId = 1111, Level = LogLevel.Information, Message = "A sign-in was refused: {Reason}.")]
    private static partial void LogRefused(ILogger logger, string reason);
}

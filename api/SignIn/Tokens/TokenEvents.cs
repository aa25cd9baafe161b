using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;

namespace ClickFuncs.Api.SignIn.Tokens;

/// <summary>Where a token comes from, and what is taken from a verified one.</summary>
internal sealed class TokenEvents(SignInOptions options) : JwtBearerEvents
{
    /// <summary>A token that was sent to be exchanged for a session; else the scheme reads the Authorization header, and nothing else.</summary>
    public override Task MessageReceived(MessageReceivedContext context)
    {
        context.Token = context.HttpContext.Features.Get<SubmittedToken>()?.Value;
        return Task.CompletedTask;
    }

    public override Task TokenValidated(TokenValidatedContext context)
    {
        var token = (JsonWebToken)context.SecurityToken;
        // RFC 7515: whoever doesn't understand a critical header must refuse, and none is understood here.
        if (token.TryGetHeaderValue<object>("crit", out _))
            context.Fail("The token has critical headers.");
        else if (CallerClaims.FromToken(context.Principal!, token.ValidTo, options) is { } caller)
            context.Principal = caller;
        else
            context.Fail("The token has no subject.");
        return Task.CompletedTask;
    }
}

/// <summary>A token from the body of a sign-in request.</summary>
internal sealed record SubmittedToken(string Value);

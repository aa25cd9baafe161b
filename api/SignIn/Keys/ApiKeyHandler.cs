using System.Text.Encodings.Web;
using ClickFuncs.ApiKeys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.SignIn.Keys;

/// <summary>
/// Judges API keys, sent as <c>Authorization: Bearer cfk_...</c>. The store is asked each time, so that a revoked key is refused at once.
/// What is wrong with a key is not told: unknown, altered and revoked are one answer.
/// </summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "api-key";

    private static readonly AuthenticateResult Refused = AuthenticateResult.Fail("The API key is not one that is good here.");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var text = Request.Headers.Authorization.ToString()["Bearer ".Length..].Trim();
        // A host without keys accepts none.
        if (!ApiKeyText.TryReadId(text, out var id) || Context.RequestServices.GetService<IApiKeyStore>() is not { } store)
            return Refused;
        if (await store.FindAsync(id, Context.RequestAborted) is not { } key || !ApiKeyText.IsGood(text, key))
            return Refused;
        var caller = new Caller(
            $"key:{key.Id}", [key.AdvertiserId is null ? Roles.PlatformSender : Roles.Sender], key.AdvertiserId is { } advertiser ? [advertiser] : []);
        return AuthenticateResult.Success(new AuthenticationTicket(CallerClaims.Principal(caller, DateTimeOffset.MaxValue, Scheme), Scheme));
    }
}

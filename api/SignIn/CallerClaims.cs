using System.Globalization;
using System.Security.Claims;

namespace ClickFuncs.Api.SignIn;

/// <summary>The claims this system keeps of a caller, under names of its own, whatever the issuer calls them.</summary>
internal static class CallerClaims
{
    public const string Subject = "sub";
    public const string Role = "role";
    public const string Advertiser = "advertiser_id";

    /// <summary>When the credentials end, Unix time in seconds.</summary>
    private const string Expiry = "exp";

    /// <summary>Takes what counts from a verified token; null when it doesn't say whom it is for.</summary>
    public static ClaimsPrincipal? FromToken(ClaimsPrincipal token, DateTime expires, SignInOptions options)
    {
        if (token.FindFirst("sub") is not { Value.Length: > 0 } subject)
            return null;
        var caller = new Caller(
            subject.Value,
            [.. token.FindAll(options.RoleClaim).Select(claim => claim.Value).Where(Roles.All.Contains).Distinct()],
            [.. token.FindAll(options.AdvertiserClaim).Select(claim => claim.Value).Where(id => id.Length > 0).Distinct()]);
        return Principal(caller, new DateTimeOffset(expires, TimeSpan.Zero), "token");
    }

    /// <summary>The principal of a caller.</summary>
    public static ClaimsPrincipal Principal(Caller caller, DateTimeOffset expires, string authenticationType, params Claim[] more) =>
        new(new ClaimsIdentity(
        [
            new Claim(Subject, caller.Subject),
            .. caller.Roles.Select(role => new Claim(Role, role)),
            .. caller.Advertisers.Select(id => new Claim(Advertiser, id)),
            new Claim(Expiry, expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            .. more,
        ], authenticationType, Subject, Role));

    /// <summary>When the caller's credentials end.</summary>
    public static DateTimeOffset ExpiryOf(ClaimsPrincipal user) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(user.FindFirst(Expiry)!.Value, CultureInfo.InvariantCulture));
}

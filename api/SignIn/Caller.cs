using System.Security.Claims;

namespace ClickFuncs.Api.SignIn;

/// <summary>Who asks, after token or session were verified: the one form in which the rest of the system sees it.</summary>
/// <param name="Subject">The issuer's id of the person or program.</param>
/// <param name="Roles">Some of <see cref="SignIn.Roles"/>.</param>
/// <param name="Advertisers">The advertisers it belongs to; they count only with the role advertiser.</param>
public sealed record Caller(string Subject, IReadOnlyList<string> Roles, IReadOnlyList<string> Advertisers)
{
    /// <summary>Whether no tenant's data is hidden from it.</summary>
    public bool SeesEveryAdvertiser => Roles.Contains(SignIn.Roles.Finance) || Roles.Contains(SignIn.Roles.Operator);

    /// <summary>
    /// Whether an advertiser's data may be shown. If not, answer exactly as for an advertiser that doesn't exist, so that nobody
    /// learns which ids others have.
    /// </summary>
    public bool MaySee(string advertiserId) =>
        SeesEveryAdvertiser || (Roles.Contains(SignIn.Roles.Advertiser) && Advertisers.Contains(advertiserId));

    /// <summary>Whether it may send events of an advertiser, or make links for it.</summary>
    public bool MayActFor(string advertiserId) =>
        Roles.Contains(SignIn.Roles.PlatformSender) || Roles.Contains(SignIn.Roles.Operator)
        || ((Roles.Contains(SignIn.Roles.Sender) || Roles.Contains(SignIn.Roles.Advertiser)) && Advertisers.Contains(advertiserId));

    /// <summary>Reads the caller of an authenticated request; one without credentials may see nothing.</summary>
    public static Caller Of(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return new Caller(
            user.FindFirst(CallerClaims.Subject)?.Value ?? "", Values(user, CallerClaims.Role), Values(user, CallerClaims.Advertiser));
    }

    private static string[] Values(ClaimsPrincipal user, string type) => [.. user.FindAll(type).Select(claim => claim.Value)];
}

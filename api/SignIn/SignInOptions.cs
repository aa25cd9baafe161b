using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Api.SignIn;

/// <summary>Whose tokens are believed, and how browser sessions are kept.</summary>
public sealed class SignInOptions : IValidatableObject
{
    /// <summary>
    /// Address of the OpenID Connect issuer, such as <c>https://login.example.com/</c>; its metadata says who it is and which
    /// keys it signs with, and is read again when they rotate. Https, or http on loopback. Default none.
    /// </summary>
    public string? Authority { get; set; }

    /// <summary>
    /// Instead of <see cref="Authority"/>: full path of a file with the issuer's public keys as a JSON Web Key Set. It is read
    /// again when a token names a key it lacks. Default none.
    /// </summary>
    public string? KeySetFile { get; set; }

    /// <summary>The issuer (<c>iss</c>) that the keys of <see cref="KeySetFile"/> belong to. An authority names itself. Default none.</summary>
    public string? Issuer { get; set; }

    /// <summary>The audience (<c>aud</c>) a token must be meant for. Default <c>clickfuncs</c>.</summary>
    [Required]
    public string Audience { get; set; } = "clickfuncs";

    /// <summary>The claim that lists roles: <c>advertiser</c>, <c>finance</c>, <c>operator</c>. Default <c>roles</c>, as most issuers call it.</summary>
    [Required]
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The claim that lists the advertisers a caller belongs to. Default <c>advertiser_id</c>.</summary>
    [Required]
    public string AdvertiserClaim { get; set; } = "advertiser_id";

    /// <summary>How far the issuer's clock and this one may differ. Default 60 s: machines that keep time differ by less.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a browser session lasts at most; never longer than the token it was opened with. Default 12 h, a working day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>
    /// Whether the session cookie is always <c>Secure</c>, and called <c>__Host-cf_session</c>. Default false: it is Secure when the
    /// request came over https. Set it where a proxy ends TLS, as this server then sees http.
    /// </summary>
    public bool SecureCookie { get; set; }

    /// <summary>Sign-in attempts per minute and client address, successful ones included. Default 30. Tokens can't be guessed; this
    /// bounds the work and the log lines that trying costs.</summary>
    [Range(1, 10_000)]
    public int AttemptsPerMinute { get; set; } = 30;

    /// <summary>
    /// Whether tokens of the development issuer are accepted by a host that listens beyond loopback. Default false: whoever can
    /// read that host's data folder can make them.
    /// </summary>
    public bool AllowDevelopmentIssuer { get; set; }

    /// <summary>
    /// Whether <c>/metrics</c> answers without credentials to this machine itself. Default true, so that a local scraper needs none.
    /// Never to requests that came through a proxy, as far as that can be seen; set it to false behind one.
    /// </summary>
    public bool OpenMetricsOnLoopback { get; set; } = true;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Authority is not null && (KeySetFile is not null || Issuer is not null))
            yield return new ValidationResult("Authority names its issuer and keys itself; take KeySetFile and Issuer away, or Authority.", [nameof(Authority)]);
        if (Authority is not null && !IsSafe(Authority))
            yield return new ValidationResult($"The authority '{Authority}' must be an https address, or http on loopback.", [nameof(Authority)]);
        if (Authority is null && KeySetFile is null != Issuer is null)
            yield return new ValidationResult("KeySetFile and Issuer need each other: the keys, and whose they are.", [nameof(KeySetFile), nameof(Issuer)]);
        if (KeySetFile is not null && !Path.IsPathFullyQualified(KeySetFile))
            yield return new ValidationResult($"The key set file '{KeySetFile}' must be given with its full path.", [nameof(KeySetFile)]);
    }

    private static bool IsSafe(string authority) => Uri.TryCreate(authority, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}

using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ClickFuncs.Api.Redirect;

/// <summary>How click requests are answered.</summary>
public sealed class RedirectOptions : IValidatableObject
{
    /// <summary>How many clicks may be on their way to the log at once. Default 4096. Beyond it a request is answered 503
    /// at once, because waiting in a longer queue would only make every click slow.</summary>
    [Range(1, 1_000_000)]
    public int MaxInFlight { get; set; } = 4096;

    /// <summary>How long requests may wait before the server gets to them. Default 2 s; zero: however long. Beyond it clicks are answered 503 at once until
    /// they wait for half as long: whoever clicked has given up by then, and refusing is cheaper than recording.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan MaxQueueDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Whether a prefetch or prerender is redirected like a click. It is recorded as a non-click either way. Default true.
    /// With false it is answered 503, which makes browsers ask again when the user really clicks. Turn it off where
    /// publishers' pages use speculation rules: a browser may then show the prefetched page without asking again, and
    /// the click would not be seen.
    /// </summary>
    public bool RedirectPrefetch { get; set; } = true;

    /// <summary>How long a browser keeps the tracking cookie after each click. Default 365 days; browsers cut it at 400.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "400.00:00:00")]
    public TimeSpan CookieLifetime { get; set; } = TimeSpan.FromDays(365);

    /// <summary>
    /// Header in which the edge in front of this server says the client's country, such as <c>CF-IPCountry</c>. Default
    /// none: the country is unknown. Set it only where the edge overwrites what clients send.
    /// </summary>
    public string? CountryHeader { get; set; }

    /// <summary>
    /// Header in which proxies list the client's address, such as <c>X-Forwarded-For</c>. Default none: the client is who
    /// connects. It is believed only from <see cref="TrustedProxies"/>.
    /// </summary>
    public string? ForwardedForHeader { get; set; }

    /// <summary>Networks, such as <c>10.0.0.0/8</c>, whose entries in <see cref="ForwardedForHeader"/> are believed.</summary>
    public IList<string> TrustedProxies { get; init; } = [];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var network in TrustedProxies)
        {
            if (!IPNetwork.TryParse(network, out _))
                yield return new ValidationResult($"The trusted proxy '{network}' is no network such as 10.0.0.0/8.", [nameof(TrustedProxies)]);
        }

        if (ForwardedForHeader is not null && TrustedProxies.Count == 0)
            yield return new ValidationResult("A forwarded-for header needs trusted proxies to come from.", [nameof(TrustedProxies)]);
    }
}

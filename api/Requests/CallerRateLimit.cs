using System.Globalization;
using System.Net;
using System.Text;
using System.Threading.RateLimiting;
using ClickFuncs.Api.Problems;
using ClickFuncs.Api.Redirect;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.Requests;

/// <summary>
/// Bounds requests below <c>/api/</c> per caller: who is signed in by who it is, anybody else by its address. Clicks never get here.
/// Memory is bounded: known callers are as many as the issuer and the keys make, and idle ones are forgotten; addresses, which a stranger can
/// have any number of, share a fixed number of buckets, by a hash with a seed of this process.
/// </summary>
internal sealed class CallerRateLimit : IDisposable
{
    private const int AnonymousBuckets = 4096;

    private static readonly Problem Throttled = new(
        "too-many-requests", 429, "Too many requests", "You sent more requests than one caller may. Wait as long as Retry-After says, and ask for more at once instead of more often.");

    private readonly RequestDelegate _next;
    private readonly ClientAddress _address;
    private readonly PartitionedRateLimiter<HttpContext> _limiter;

    public CallerRateLimit(RequestDelegate next, IOptions<ApiOptions> api, IOptions<RedirectOptions> redirect)
    {
        _next = next;
        _address = new ClientAddress(redirect.Value);
        var perMinute = api.Value.RequestsPerMinute;
        _limiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(KeyOf(context), _ => new TokenBucketRateLimiterOptions
        {
            // A minute's worth at once, then as it is refilled.
            TokenLimit = perMinute,
            TokensPerPeriod = Math.Max(1, perMinute / 60),
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            AutoReplenishment = true,
        }));
    }

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            await _next(context);
            return;
        }

        using var lease = _limiter.AttemptAcquire(context);
        if (lease.IsAcquired)
        {
            await _next(context);
            return;
        }

        IntakeInstruments.Throttled.Add(1, new KeyValuePair<string, object?>("caller", context.User.Identity?.IsAuthenticated == true ? "known" : "anonymous"));
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await Throttled.WriteAsync(context);
    }

    public void Dispose() => _limiter.Dispose();

    private string KeyOf(HttpContext context) => context.User.Identity?.IsAuthenticated == true
        ? $"{context.User.Identity.AuthenticationType} {Caller.Of(context.User).Subject}"
        : ((uint)Client(context).GetHashCode(StringComparison.Ordinal) % AnonymousBuckets).ToString(CultureInfo.InvariantCulture);

    // Of an IPv6 address the network, as that is what one client is given.
    private string Client(HttpContext context)
    {
        Span<byte> text = stackalloc byte[ClientAddress.MaxBytes];
        var address = Encoding.ASCII.GetString(text[.._address.Write(context, text)]);
        return IPAddress.TryParse(address, out var parsed) && parsed.GetAddressBytes() is { Length: 16 } bytes
            ? Convert.ToHexString(bytes.AsSpan(0, 8))
            : address;
    }
}

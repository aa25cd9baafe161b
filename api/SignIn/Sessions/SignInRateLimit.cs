using System.Net;
using System.Text;
using System.Threading.RateLimiting;
using ClickFuncs.Api.Redirect;
using ClickFuncs.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.SignIn.Sessions;

/// <summary>Bounds sign-in attempts per minute and client: an IPv4 address, or an IPv6 network of 64 bits, as that is what one client is given.</summary>
internal sealed class SignInRateLimit(IOptions<SignInOptions> signIn, IOptions<RedirectOptions> redirect) : IRateLimiterPolicy<string>
{
    public const string Policy = "sign-in";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ClientAddress _address = new(redirect.Value);

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected { get; } = (rejected, _) =>
    {
        var response = rejected.HttpContext.Response;
        response.Headers.RetryAfter = "60";
        SignInInstruments.Attempts.Add(1, new KeyValuePair<string, object?>("outcome", SignInProblems.TooManyAttempts.Code));
        return new ValueTask(SignInProblems.TooManyAttempts.WriteAsync(rejected.HttpContext));
    };

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) => RateLimitPartition.GetFixedWindowLimiter(
        Client(httpContext), _ => new FixedWindowRateLimiterOptions { PermitLimit = signIn.Value.AttemptsPerMinute, Window = Window });

    private string Client(HttpContext context)
    {
        Span<byte> text = stackalloc byte[ClientAddress.MaxBytes];
        var address = Encoding.ASCII.GetString(text[.._address.Write(context, text)]);
        return IPAddress.TryParse(address, out var parsed) && parsed.GetAddressBytes() is { Length: 16 } bytes
            ? Convert.ToHexString(bytes.AsSpan(0, 8))
            : address;
    }
}

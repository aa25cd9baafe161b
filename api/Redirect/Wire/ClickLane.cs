using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.Redirect.Wire;

/// <summary>What all connections of a server share.</summary>
internal sealed class ClickLane(ClickIntake intake, IOptions<RedirectOptions> options, IOptions<KestrelServerOptions> server, TimeProvider time)
{
    /// <summary>Where clicks go.</summary>
    public ClickIntake Intake => intake;

    /// <summary>Makes requests of heads.</summary>
    public WireClickReader Reader { get; } = new(options.Value);

    /// <summary>Writes answers.</summary>
    public WireAnswers Answers { get; } = new(new TrackingCookie(options.Value.CookieLifetime), time);

    /// <summary>How long clients may take.</summary>
    public KestrelServerLimits Limits => server.Value.Limits;
}

using System.Diagnostics.Metrics;

namespace ClickFuncs.Telemetry;

/// <summary>The metrics of sign-in and access, in the meter of <see cref="Instruments"/>.</summary>
public static class SignInInstruments
{
    private static readonly Meter Meter = new(Instruments.MeterName);

    /// <summary>Attempts to open a browser session; tag <c>outcome</c>: signed_in or the code of a problem.</summary>
    public static readonly Counter<long> Attempts = Meter.CreateCounter<long>(
        "clickfuncs.sign_in.attempts", "{attempt}", "Attempts to open a browser session, by outcome.");

    /// <summary>Requests refused for their credentials or the lack of them; tag <c>reason</c>: the code of the problem.</summary>
    public static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "clickfuncs.access.refusals", "{request}", "Requests refused for their credentials, by reason.");
}

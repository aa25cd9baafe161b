using System.Diagnostics.Metrics;

namespace ClickFuncs.Telemetry;

/// <summary>The metrics of what programs send and ask, in the meter of <see cref="Instruments"/>.</summary>
public static class IntakeInstruments
{
    private static readonly Meter Meter = new(Instruments.MeterName);

    /// <summary>Events of batches; tag <c>outcome</c>: accepted, quarantined, or the code of a refusal.</summary>
    public static readonly Counter<long> Events = Meter.CreateCounter<long>(
        "clickfuncs.intake.events", "{event}", "Events that came in batches, by outcome.");

    /// <summary>Requests refused because their caller sent too many; tag <c>caller</c>: known, anonymous.</summary>
    public static readonly Counter<long> Throttled = Meter.CreateCounter<long>(
        "clickfuncs.requests.throttled", "{request}", "Requests beyond the limit of their caller.");
}

namespace ClickFuncs.Api.Alerts;

/// <summary>The metrics of alerts, in the meter of <see cref="ClickFuncs.Telemetry.Instruments"/>.</summary>
public static class AlertInstruments
{
    /// <summary>Gauge: series for which an alert fires; tags <c>alert</c>, <c>severity</c>: page, ticket.</summary>
    public const string Firing = "clickfuncs.alerts.firing";
}

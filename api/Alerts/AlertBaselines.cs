using ClickFuncs.Telemetry;

namespace ClickFuncs.Api.Alerts;

/// <summary>
/// Begins the counters that alerts watch at 0. A counter appears with its first increment otherwise, and Prometheus does not see
/// growth from nothing: the first drift of a process would go unnoticed.
/// </summary>
internal static class AlertBaselines
{
    public static void Begin()
    {
        BatchInstruments.ReconciliationAlerts.Add(0, new KeyValuePair<string, object?>("alert", "drift"));
        BatchInstruments.ReconciliationAlerts.Add(0, new KeyValuePair<string, object?>("alert", "unexplained"));
        WorkflowInstruments.RunsEnded.Add(0, new("workflow", "day_close"), new("state", "failed"));
        Instruments.LogFailures.Add(0, new("log", "clicks"), new("reason", "unavailable"));
        Instruments.RedirectRequests.Add(0, new KeyValuePair<string, object?>("outcome", "overloaded"));
    }
}

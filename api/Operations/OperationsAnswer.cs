namespace ClickFuncs.Api.Operations;

/// <summary>How the system does, for whoever runs it.</summary>
/// <param name="AsOf">The moment of the answer.</param>
/// <param name="FreshnessSeconds">Time from a click to its row in queries, by the last probe; null while none was sent.</param>
/// <param name="Alerts">Every alert and how it stands, those that fire first.</param>
public sealed record OperationsAnswer(DateTimeOffset AsOf, double? FreshnessSeconds, IReadOnlyList<AlertAnswer> Alerts);

/// <summary>An alert and how it stands.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Severity">page or ticket.</param>
/// <param name="State">ok, pending (it holds, but not long enough yet) or firing.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Condition">When it holds, in PromQL.</param>
/// <param name="ForSeconds">How long it must hold.</param>
/// <param name="Runbook">Where it is said what to do.</param>
/// <param name="Series">The series for which it holds.</param>
public sealed record AlertAnswer(
    string Id, string Severity, string State, string Meaning, string Condition, double ForSeconds, string Runbook, IReadOnlyList<AlertSeriesAnswer> Series);

/// <summary>A series for which an alert holds.</summary>
/// <param name="Labels">Which, as partition="3"; empty for all together.</param>
/// <param name="Value">What the condition came to.</param>
/// <param name="Since">Since when it has held.</param>
/// <param name="IsFiring">Whether it has held long enough.</param>
public sealed record AlertSeriesAnswer(string Labels, double? Value, DateTimeOffset Since, bool IsFiring);

namespace ClickFuncs.Api.Operations;

/// <summary>How the system does, for whoever runs it.</summary>
/// <param name="AsOf">The moment that it is of.</param>
/// <param name="IsShared">Whether this host is one of many: then what is told is what all of them share, and what is missing is unknown, not zero.</param>
/// <param name="FreshnessSeconds">Time from a click to its row in queries, by the last probe; null while none was sent, and where none is.</param>
/// <param name="Alerts">Every alert and how it stands, those that fire first.</param>
/// <param name="LastRuns">Of each schedule what became of its last firing; null where it is not told here but by <c>/api/v1/operations/runs</c>.</param>
public sealed record OperationsAnswer(
    DateTimeOffset AsOf, bool IsShared, double? FreshnessSeconds, IReadOnlyList<AlertAnswer> Alerts, IReadOnlyList<LastRunAnswer>? LastRuns);

/// <summary>What became of the last firing of a schedule.</summary>
/// <param name="Schedule">Its name.</param>
/// <param name="Due">When it fired or should have.</param>
/// <param name="Id">Id of the run.</param>
/// <param name="State">not_started, pending, running, completed, failed or cancelled.</param>
/// <param name="UpdatedAt">When the run last moved; null if there is none.</param>
/// <param name="Failure">Why it failed, in a sentence; else null.</param>
public sealed record LastRunAnswer(string Schedule, DateTimeOffset Due, string Id, string State, DateTimeOffset? UpdatedAt, string? Failure);

/// <summary>An alert and how it stands.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Severity">page or ticket.</param>
/// <param name="State">ok, pending (it holds, but not long enough yet), firing or unknown.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Condition">When it holds, in PromQL.</param>
/// <param name="ForSeconds">How long it must hold.</param>
/// <param name="Runbook">Where it is said what to do.</param>
/// <param name="Series">The series for which it holds.</param>
/// <param name="Unknown">Why it is not known whether it holds, and who knows; null when it is known.</param>
public sealed record AlertAnswer(
    string Id, string Severity, string State, string Meaning, string Condition, double ForSeconds, string Runbook, IReadOnlyList<AlertSeriesAnswer> Series,
    string? Unknown);

/// <summary>A series for which an alert holds.</summary>
/// <param name="Labels">Which, as partition="3"; empty for all together.</param>
/// <param name="Value">What the condition came to.</param>
/// <param name="Since">Since when it has held.</param>
/// <param name="IsFiring">Whether it has held long enough.</param>
public sealed record AlertSeriesAnswer(string Labels, double? Value, DateTimeOffset Since, bool IsFiring);

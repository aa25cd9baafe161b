namespace ClickFuncs.Api.Alerts;

/// <summary>How an alert stands for one series.</summary>
/// <param name="Rule">The alert.</param>
/// <param name="Labels">The series, as <c>partition="3"</c>; empty for all together.</param>
/// <param name="Value">What it has come to.</param>
/// <param name="Since">Since when the condition has held.</param>
/// <param name="FiredAt">When it fired; null while it has not held long enough.</param>
public sealed record AlertState(AlertRule Rule, string Labels, double Value, DateTimeOffset Since, DateTimeOffset? FiredAt);

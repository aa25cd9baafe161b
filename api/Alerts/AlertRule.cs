namespace ClickFuncs.Api.Alerts;

/// <summary>One alert.</summary>
/// <param name="Id">Its name for ever: in the log, in metrics, in the rules file, in answers.</param>
/// <param name="Severity">Who has to hear of it.</param>
/// <param name="Condition">When it holds.</param>
/// <param name="For">How long it must hold before anybody hears of it.</param>
/// <param name="Meaning">What has happened, in a sentence.</param>
/// <param name="Runbook">Heading of docs/operations.md, as an anchor.</param>
public sealed record AlertRule(string Id, AlertSeverity Severity, AlertCondition Condition, TimeSpan For, string Meaning, string Runbook);

using ClickFuncs.Api.Alerts;

namespace ClickFuncs.Api.Operations;

/// <summary>Alerts as they are answered: those that fire first. Pure.</summary>
internal static class AlertAnswers
{
    private const string Runbook = "docs/operations.md#";

    /// <summary>Every rule and how it stands.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="states">What holds.</param>
    /// <param name="unknown">By rule, why it is not known whether it holds; null for none.</param>
    public static IReadOnlyList<AlertAnswer> Of(IReadOnlyList<AlertRule> rules, IReadOnlyList<AlertState> states, IReadOnlyDictionary<string, string>? unknown = null) =>
        [.. rules.Select(rule => Of(rule, [.. states.Where(state => state.Rule == rule)], unknown?.GetValueOrDefault(rule.Id)))
            .OrderBy(alert => alert.State switch { "firing" => 0, "pending" => 1, "unknown" => 2, _ => 3 })];

    private static AlertAnswer Of(AlertRule rule, IReadOnlyList<AlertState> held, string? unknown) => new(
        rule.Id, AlertText.Of(rule.Severity),
        unknown is not null ? "unknown" : held.Count == 0 ? "ok" : held.Any(state => state.FiredAt is not null) ? "firing" : "pending",
        rule.Meaning, rule.Condition.ToPromQl(), rule.For.TotalSeconds, Runbook + rule.Runbook,
        [.. held.Select(state => new AlertSeriesAnswer(state.Labels, double.IsFinite(state.Value) ? state.Value : null, state.Since, state.FiredAt is not null))], unknown);
}

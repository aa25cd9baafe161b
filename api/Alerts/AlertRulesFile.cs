using System.Text;

namespace ClickFuncs.Api.Alerts;

/// <summary>The alerts as a rules file for Prometheus. Pure; <c>infra/alerts/clickfuncs.rules.yml</c> is what this writes, and a test compares them.</summary>
public static class AlertRulesFile
{
    /// <summary>Writes the file.</summary>
    public static string Write(IReadOnlyList<AlertRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var text = new StringBuilder()
            .Append("# Made from api/Alerts/AlertRules.cs, which the host evaluates too; a test holds the two together.\n")
            .Append("groups:\n  - name: clickfuncs\n    interval: 15s\n    rules:\n");
        foreach (var rule in rules)
        {
            text.Append("      - alert: ").Append(rule.Id).Append('\n')
                .Append("        expr: '").Append(rule.Condition.ToPromQl().Replace("'", "''", StringComparison.Ordinal)).Append("'\n")
                .Append("        for: ").Append(PromDuration.Of(rule.For)).Append('\n')
                .Append("        labels:\n          severity: ").Append(AlertText.Of(rule.Severity)).Append('\n')
                .Append("        annotations:\n          summary: '").Append(rule.Meaning.Replace("'", "''", StringComparison.Ordinal)).Append("'\n")
                .Append("          runbook: docs/operations.md#").Append(rule.Runbook).Append('\n');
        }

        return text.ToString();
    }
}

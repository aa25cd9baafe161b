using System.Text.RegularExpressions;
using ClickFuncs.Api.Alerts;

namespace ClickFuncs.Api.Tests.Alerts;

/// <summary>The list of alerts, the rules file of Prometheus and the runbook say the same.</summary>
public sealed partial class AlertRulesTests
{
    private static readonly string Runbook = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Alerts", "operations.md"));

    /// <summary>A change of the alerts is seen in review: copy the file that the failure names to infra/alerts.</summary>
    [Fact]
    public void RulesFile_IsWhatTheListSays()
    {
        var made = AlertRulesFile.Write(AlertRules.All);
        var path = Path.Combine(Path.GetTempPath(), "clickfuncs.rules.yml");
        var golden = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Alerts", "clickfuncs.rules.yml"));
        if (made != golden)
            File.WriteAllText(path, made);
        Assert.True(made == golden, $"The alerts are others than in infra/alerts/clickfuncs.rules.yml: see {path}");
    }

    [Fact]
    public void Ids_OfAlerts_AreUniqueWords()
    {
        Assert.All(AlertRules.All, rule => Assert.Matches("^[a-z][a-z_]+$", rule.Id));
        Assert.Equal(AlertRules.All.Count, AlertRules.All.Select(rule => rule.Id).Distinct().Count());
    }

    [Fact]
    public void Table_OfAlertsInTheRunbook_NamesEachOnceWithItsSeverityAndPlace() =>
        Assert.Equal(
            AlertRules.All.Select(rule => (rule.Id, AlertText.Of(rule.Severity), rule.Runbook)),
            Rows().Matches(Runbook).Select(row => (row.Groups["id"].Value, row.Groups["severity"].Value, row.Groups["anchor"].Value)));

    [Fact]
    public void Runbook_OfEveryAlert_SaysWhatItMeansWhatToLookAtAndWhatToDo()
    {
        var entries = Runbook.Split("\n### ").Skip(1).ToDictionary(entry => Anchor(entry.Split('\n')[0]), entry => entry);
        Assert.All(AlertRules.All, rule =>
        {
            Assert.True(entries.TryGetValue(rule.Runbook, out var entry), $"{rule.Id}: docs/operations.md has no entry #{rule.Runbook}");
            Assert.Matches(@"\*(Means|Meaning):\*", entry);
            Assert.Matches(@"\*Look at:\*", entry);
            Assert.Matches(@"\*Do:\*", entry);
        });
    }

    // As those who publish Markdown make them.
    private static string Anchor(string heading) =>
        NoAnchor().Replace(heading.Trim(), "").Replace(' ', '-').ToLowerInvariant();

    [GeneratedRegex("[^A-Za-z0-9 -]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex(@"^\| \[`(?<id>[a-z_]+)`\]\(#(?<anchor>[a-z0-9-]+)\) \| (?<severity>page|ticket) \|", RegexOptions.Multiline)]
    private static partial Regex Rows();
}

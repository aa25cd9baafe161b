using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClickFuncs.Infra.Tests.Kql;

/// <summary>Alert rules ask for metrics that exist, in queries that parse, and lead to a runbook that exists.</summary>
public sealed partial class AlertTests
{
    // learn.microsoft.com/azure/azure-monitor/reference/tables/appmetrics, the columns that rules use.
    private static readonly Dictionary<string, string> Tables = new()
    {
        ["AppMetrics"] = "(TimeGenerated:datetime, Name:string, Sum:real, Min:real, Max:real, ItemCount:int, Properties:dynamic, AppRoleInstance:string)",
    };

    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    private static readonly List<Rule> Rules = JsonSerializer.Deserialize<List<Rule>>(Repository.Read("infra", "alerts", "rules.json"), Names)!;

    [Fact]
    public async Task Queries_All_ParseAndAnswerOneValue()
    {
        var found = await KqlParser.AnalyzeAsync(Tables, new Dictionary<string, string>(), Rules.ToDictionary(rule => rule.Name, rule => rule.Query));

        Assert.All(found, query => Assert.True(query.Value.Problems.Count == 0, $"{query.Key}: {string.Join("; ", query.Value.Problems)}"));
        Assert.All(found, query => Assert.Equal("Value:real", Assert.Single(query.Value.Columns)));
    }

    [Fact]
    public void Metrics_All_AreMadeByTheCode()
    {
        var code = string.Concat(Repository.Files("core", "*.cs").Where(path => path.Contains("Instruments", StringComparison.Ordinal)).Select(File.ReadAllText));
        var asked = Rules.SelectMany(rule => Metric().Matches(rule.Query).Select(match => match.Groups[1].Value)).ToList();

        Assert.True(asked.Count >= Rules.Count);
        Assert.All(asked, name => Assert.Contains($"\"{name}\"", code, StringComparison.Ordinal));
    }

    [Fact]
    public void Runbooks_All_Exist()
    {
        var anchors = Heading().Matches(Repository.Read("docs", "operations.md")).Select(match => Anchor(match.Groups[1].Value)).ToHashSet();
        Assert.All(Rules, rule => Assert.Contains(rule.Runbook, anchors));
    }

    [Fact]
    public void Rules_WhatMustBeWatched_IsThere() => Assert.Superset(
        new HashSet<string> { "lag", "freshness", "spool", "drift", "unexplained", "quarantine_rate", "money_at_risk", "close_failed" },
        Rules.Select(rule => rule.Name).ToHashSet());

    private static string Anchor(string heading) =>
        NoWord().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    private sealed record Rule(string Name, int Severity, string Description, string Runbook, string Query, double? Threshold, int Minutes);

    [GeneratedRegex(@"Name == '([^']+)'")]
    private static partial Regex Metric();

    [GeneratedRegex(@"^#{2,4} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoWord();
}

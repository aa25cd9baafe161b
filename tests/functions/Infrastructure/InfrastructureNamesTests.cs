using System.Reflection;
using System.Text.RegularExpressions;
using ClickFuncs.Functions.EventHubs;
using ClickFuncs.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace ClickFuncs.Functions.Tests.Infrastructure;

/// <summary>Names that the code uses exist in <c>infra/</c>, and those that <c>infra/</c> makes are used.</summary>
public sealed partial class InfrastructureNamesTests
{
    private const string Prefix = "ClickFuncs__";

    private static readonly Dictionary<string, string> Modules = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "infra"), "*.bicep")
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path)!, File.ReadAllText);

    // The settings blocks of the modules, and the literal one of main.
    private static readonly HashSet<string> Settings =
        [.. Modules.Values.SelectMany(text => SettingsBlock().Matches(text)).SelectMany(block => Setting().Matches(block.Value)).Select(match => match.Groups[1].Value)];

    [Fact]
    public void Containers_CodeAndCosmosModule_AreTheSame() =>
        Assert.Equal(
            new[] { StoreNames.Partitions, StoreNames.Budgets, StoreNames.Flags }.Order(StringComparer.Ordinal),
            ListIn("cosmos", "containers").Order(StringComparer.Ordinal));

    [Fact]
    public void Tables_CodeAndBooksModule_AreTheSame() =>
        Assert.Equal(
            new[] { StoreNames.Catalog, StoreNames.ApiKeys, StoreNames.Ledger }.Order(StringComparer.Ordinal),
            ListIn("books", "each").Order(StringComparer.Ordinal));

    [Fact]
    public void Triggers_HubsAndGroups_AreThere()
    {
        var hubs = HubSetting().Matches(Modules["eventhubs"]).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        var groups = Group().Matches(Modules["eventhubs"]).Select(match => (match.Groups[1].Value, match.Groups[2].Value)).ToHashSet();
        var triggers = typeof(EventHubsSettings).Assembly.GetTypes().SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<EventHubTriggerAttribute>()).OfType<EventHubTriggerAttribute>().ToList();

        Assert.Equal(3, triggers.Count);
        var used = triggers.SelectMany(trigger =>
        {
            var hub = hubs[trigger.EventHubName.Trim('%')];
            return new[] { (hub, trigger.ConsumerGroup!), (hub, EventHubsSettings.HealingGroup) };
        }).ToHashSet();
        Assert.Equal(used.Order(), groups.Order());
    }

    [Fact]
    public void Options_WithoutDefault_AreGiven()
    {
        // Those of the addresses that may be left out may be so for an emulator only.
        var needed = typeof(AzureOptions).GetProperties()
            .Where(property => property.PropertyType == typeof(Uri) || property.Name is nameof(AzureOptions.ClientId) or nameof(AzureOptions.ClickLogPartitions)
                || property.Name.EndsWith("Secret", StringComparison.Ordinal));

        Assert.NotEmpty(needed);
        Assert.All(needed, property => Assert.Contains($"{Prefix}Azure__{property.Name}", Settings));
    }

    [Fact]
    public void Settings_OfTheAzureSection_AreOptions()
    {
        var options = typeof(AzureOptions).GetProperties().Select(property => property.Name).ToHashSet();
        var given = Settings.Where(name => name.StartsWith(Prefix + "Azure__", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(given);
        Assert.All(given, name => Assert.Contains(name[(Prefix + "Azure__").Length..], options));
    }

    [Fact]
    public void Settings_ForEmulators_AreNotGiven() =>
        Assert.DoesNotContain(Settings, name => name.EndsWith("Connection", StringComparison.Ordinal) || name == EventHubsSettings.Connection);

    [Fact]
    public void Lake_Container_IsTheOptionsDefault() => Assert.Contains($"name: '{new AzureOptions().LakeContainer}'", Modules["lake"], StringComparison.Ordinal);

    [Fact]
    public void Spool_Container_IsThere() => Assert.Contains($"name: '{StoreNames.Spool}'", Modules["lake"], StringComparison.Ordinal);

    [Fact]
    public void Databases_Names_AreTheOptionsDefaults()
    {
        Assert.Contains($"name: '{new AzureOptions().CosmosDatabase}'", Modules["cosmos"], StringComparison.Ordinal);
        Assert.Contains($"name: '{new AzureOptions().KustoDatabase}'", Modules["kusto"], StringComparison.Ordinal);
    }

    private static IEnumerable<string> ListIn(string module, string resource) =>
        Quoted().Matches(Regex.Match(Modules[module], $@"resource {resource} '[^']+' = \[\s+for name in \[([^\]]+)\]").Groups[1].Value).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?:output settings object = \{|vault\.outputs\.settings,\s+\{)(?:[^{}]|\$\{[^}]*\}|\{[^}]*\})*\}")]
    private static partial Regex SettingsBlock();

    [GeneratedRegex(@"^\s+(\w+):", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex(@"^  (\w+Hub): (\w+)\.name", RegexOptions.Multiline)]
    private static partial Regex HubSetting();

    [GeneratedRegex(@"consumergroups@[\d-]+' = \{\s+parent: (\w+)\s+name: '([^']+)'")]
    private static partial Regex Group();
}

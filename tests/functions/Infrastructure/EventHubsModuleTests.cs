using System.Reflection;
using System.Text.RegularExpressions;
using ClickFuncs.Functions.EventHubs;
using Microsoft.Azure.Functions.Worker;

namespace ClickFuncs.Functions.Tests.Infrastructure;

/// <summary>What the code names on Event Hubs exists in <c>infra/eventhubs.bicep</c>, and the other way round.</summary>
public sealed partial class EventHubsModuleTests
{
    private static readonly string Module = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "infra", "eventhubs.bicep"));

    [Theory]
    [InlineData("clicks", EventHubsSettings.CountingGroup)]
    [InlineData("clicks", EventHubsSettings.HealingGroup)]
    [InlineData("spend", EventHubsSettings.LaneGroup)]
    [InlineData("spend", EventHubsSettings.HealingGroup)]
    [InlineData("signals", EventHubsSettings.LaneGroup)]
    [InlineData("signals", EventHubsSettings.HealingGroup)]
    public void ConsumerGroups_OfCode_AreInTheModule(string hub, string group) =>
        Assert.Contains((hub, group), ConsumerGroup().Matches(Module).Select(match => (match.Groups[1].Value, match.Groups[2].Value)));

    [Fact]
    public void ConsumerGroups_OfTheModule_AreAllUsed() => Assert.Equal(6, ConsumerGroup().Count(Module));

    [Fact]
    public void Triggers_Settings_AreGivenByTheModule()
    {
        var triggers = typeof(EventHubsSettings).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<FunctionAttribute>() != null).SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<EventHubTriggerAttribute>()).OfType<EventHubTriggerAttribute>().ToList();
        var settings = Setting().Matches(Module[Module.IndexOf("output settings", StringComparison.Ordinal)..])
            .Select(match => match.Groups[1].Value).ToHashSet();

        Assert.NotEmpty(triggers);
        Assert.All(triggers, trigger =>
        {
            Assert.Contains($"{trigger.Connection}__fullyQualifiedNamespace", settings);
            Assert.Contains($"{trigger.Connection}__credential", settings);
            // Without it the host would take a system-assigned identity, which the app does not have.
            Assert.Contains($"{trigger.Connection}__clientId", settings);
            Assert.Contains(trigger.EventHubName.Trim('%'), settings);
        });
    }

    [Fact]
    public void Capture_EmptyFiles_AreKept() => Assert.Contains("skipEmptyArchives: false", Module, StringComparison.Ordinal);

    [Fact]
    public void Namespace_Keys_AreOff() => Assert.Contains("disableLocalAuth: true", Module, StringComparison.Ordinal);

    [GeneratedRegex(@"consumergroups@[\d-]+' = \{\s+parent: (\w+)\s+name: '([^']+)'")]
    private static partial Regex ConsumerGroup();

    [GeneratedRegex(@"^  (\w+):", RegexOptions.Multiline)]
    private static partial Regex Setting();
}

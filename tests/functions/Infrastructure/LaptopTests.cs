using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClickFuncs.Functions.EventHubs;
using ClickFuncs.Functions.Hosting;
using Microsoft.Extensions.Configuration;

namespace ClickFuncs.Functions.Tests.Infrastructure;

/// <summary>The emulators of <c>infra/laptop</c> have what the code asks for, and its settings are ones the app starts with.</summary>
public sealed partial class LaptopTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "infra", "laptop");

    private static readonly Dictionary<string, string> Settings = JsonDocument.Parse(Read("local.settings.json")).RootElement.GetProperty("Values")
        .EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!);

    private static readonly IConfiguration Configuration = new ConfigurationBuilder()
        .AddInMemoryCollection(Settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)))
        .Build();

    [Fact]
    public void Settings_AzureSection_IsValidAndFullyKnown()
    {
        var options = Configuration.GetSection("ClickFuncs:Azure").Get<AzureOptions>(binder => binder.ErrorOnUnknownConfiguration = true)!;

        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
    }

    [Fact]
    public void Settings_Hubs_AreThoseOfTheEmulator()
    {
        var names = new HubNames();
        names.Read(Configuration);
        Validator.ValidateObject(names, new ValidationContext(names), validateAllProperties: true);
        Assert.True(names.IsConnectionString);

        var entities = JsonDocument.Parse(Read("eventhubs.json")).RootElement.GetProperty("UserConfig").GetProperty("NamespaceConfig")[0].GetProperty("Entities")
            .EnumerateArray().ToDictionary(entity => entity.GetProperty("Name").GetString()!);
        Assert.Equal(new[] { names.Clicks, names.Spend, names.Signals }.Order(StringComparer.Ordinal), entities.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Groups(entities[names.Clicks]), [EventHubsSettings.CountingGroup, EventHubsSettings.HealingGroup]);
        Assert.All([names.Spend, names.Signals], hub => Assert.Equal(Groups(entities[hub]), [EventHubsSettings.LaneGroup, EventHubsSettings.HealingGroup]));
        Assert.Equal(Settings["ClickFuncs__Azure__ClickLogPartitions"], entities[names.Clicks].GetProperty("PartitionCount").ToString());
        Assert.All([names.Spend, names.Signals], hub => Assert.Equal(1, entities[hub].GetProperty("PartitionCount").GetInt32()));
    }

    [Fact]
    public void Setup_Stores_AreThoseOfTheCode()
    {
        var lists = ForList().Matches(Read("setup.sh")).Select(match => match.Groups[1].Value.Split(' ')).ToList();

        Assert.Equal(3, lists.Count);
        Assert.Contains(Settings["ClickFuncs__Azure__LakeContainer"], lists[0]);
        Assert.Equal([StoreNames.Catalog, StoreNames.ApiKeys, StoreNames.Ledger], lists[1]);
        Assert.Equal([StoreNames.Partitions, StoreNames.Budgets, StoreNames.Flags], lists[2]);
    }

    [Fact]
    public void Ports_OfSettings_ArePublishedByCompose()
    {
        var compose = Read("compose.yaml");
        foreach (var address in new[] { "CosmosConnection", "KustoEndpoint" })
        {
            var port = Port().Match(Settings[$"ClickFuncs__Azure__{address}"]).Groups[1].Value;
            Assert.Contains($"- 127.0.0.1:{port}:{port}", compose, StringComparison.Ordinal);
        }

        // Where UseDevelopmentStorage and the Event Hubs emulator's connection string lead, by the vendor's documents.
        Assert.All(["10000", "10001", "10002", "5672"], port => Assert.Contains($"- 127.0.0.1:{port}:{port}", compose, StringComparison.Ordinal));
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    private static IEnumerable<string> Groups(JsonElement entity) =>
        entity.GetProperty("ConsumerGroups").EnumerateArray().Select(group => group.GetProperty("Name").GetString()!);

    [GeneratedRegex(@"^for name in ([\w ]+); do$", RegexOptions.Multiline)]
    private static partial Regex ForList();

    [GeneratedRegex(@"localhost:(\d+)")]
    private static partial Regex Port();
}

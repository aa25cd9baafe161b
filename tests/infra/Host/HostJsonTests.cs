using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClickFuncs.Infra.Tests.Host;

/// <summary><c>host.json</c> has only what the host and its extensions read: what they don't know they ignore without a word.</summary>
public sealed partial class HostJsonTests
{
    // The published schema of host.json (json.schemastore.org/host.json), version 2, and EventHubOptions of the vendor's Event Hubs extension: of both the names in use here
    // and their neighbours, with the kind of value.
    private static readonly Dictionary<string, string> Known = new()
    {
        ["version"] = "'2\\.0'",
        ["telemetryMode"] = "'OpenTelemetry'",
        ["functionTimeout"] = "'(-1|\\d\\d:\\d\\d:\\d\\d)'",
        ["logging"] = ".*",
        ["extensions.http.routePrefix"] = "'[^/]*'",
        ["extensions.http.maxConcurrentRequests"] = "-?\\d+",
        ["extensions.http.maxOutstandingRequests"] = "-?\\d+",
        ["extensions.http.dynamicThrottlesEnabled"] = "true|false",
        ["extensions.eventHubs.maxEventBatchSize"] = "\\d+",
        ["extensions.eventHubs.minEventBatchSize"] = "\\d+",
        ["extensions.eventHubs.maxWaitTime"] = "'\\d\\d:\\d\\d:\\d\\d'",
        ["extensions.eventHubs.batchCheckpointFrequency"] = "\\d+",
        ["extensions.eventHubs.prefetchCount"] = "\\d+",
        ["extensions.eventHubs.targetUnprocessedEventThreshold"] = "\\d+",
        ["extensions.eventHubs.trackLastEnqueuedEventProperties"] = "true|false",
        ["extensions.eventHubs.transportType"] = "'(AmqpTcp|AmqpWebSockets)'",
        ["extensions.eventHubs.initialOffsetOptions.type"] = "'(fromStart|fromEnd|fromEnqueuedTime)'",
        ["extensions.durableTask.hubName"] = "'\\w+'",
        ["extensions.durableTask.maxConcurrentActivityFunctions"] = "\\d+",
        ["extensions.durableTask.maxConcurrentOrchestratorFunctions"] = "\\d+",
        ["extensions.durableTask.storageProvider.partitionCount"] = "\\d+",
        ["extensions.durableTask.storageProvider.maxQueuePollingInterval"] = "'\\d\\d:\\d\\d:\\d\\d'",
    };

    private static readonly List<(string Name, string Value)> Settings =
        [.. Leaves("", JsonDocument.Parse(Repository.Read("functions", "host.json")).RootElement)];

    [Fact]
    public void Settings_All_AreKnownAndOfTheirKind()
    {
        Assert.Contains(("version", "'2.0'"), Settings);
        Assert.All(Settings, setting =>
        {
            Assert.Contains(setting.Name, Known.Keys);
            Assert.Matches($"^({Known[setting.Name]})$", setting.Value);
        });
    }

    // The host puts 'api' in front of every route unless told otherwise: clicks are at /c/, and the API's own paths begin with /api/ already.
    [Fact]
    public void Routes_Prefix_IsEmpty()
    {
        Assert.Contains(Repository.Files("functions", "*.cs").Select(File.ReadAllText), text => CatchAll().IsMatch(text));
        Assert.Contains(("extensions.http.routePrefix", "''"), Settings);
    }

    private static IEnumerable<(string Name, string Value)> Leaves(string name, JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(member => Leaves(name.Length == 0 ? member.Name : $"{name}.{member.Name}", member.Value))
        : [(name, element.ValueKind == JsonValueKind.String ? $"'{element.GetString()}'" : element.GetRawText())];

    [GeneratedRegex("HttpTrigger\\(.*Route = \"\\{\\*path\\}\"")]
    private static partial Regex CatchAll();
}

using System.Reflection;
using System.Text.Json;
using Azure.Messaging.EventHubs;
using ClickFuncs.Functions.Counting;
using Microsoft.Azure.Functions.Worker;

namespace ClickFuncs.Functions.Tests.Counting;

/// <summary>What the host reads from the function: an attribute changed is another behaviour, which no compiler sees.</summary>
public sealed class CountClicksTests
{
    private static readonly MethodInfo Run = typeof(CountClicks).GetMethod(nameof(CountClicks.RunAsync))!;

    [Fact]
    public void Run_Retry_NeverEnds()
    {
        var retry = Assert.IsType<ExponentialBackoffRetryAttribute>(Run.GetCustomAttribute<RetryAttribute>());

        // After the last retry the host moves its checkpoint past the failed batch.
        Assert.Equal(-1, retry.MaxRetryCount);
        Assert.True(TimeSpan.Parse(retry.MinimumInterval, null) > TimeSpan.Zero);
        Assert.True(TimeSpan.Parse(retry.MaximumInterval, null) >= TimeSpan.Parse(retry.MinimumInterval, null));
    }

    [Fact]
    public void Run_Trigger_TakesBatchesOfTheClickLogInItsOwnGroup()
    {
        var events = Run.GetParameters().Single(p => p.GetCustomAttribute<EventHubTriggerAttribute>() != null);
        var trigger = events.GetCustomAttribute<EventHubTriggerAttribute>()!;

        // Only EventData carries the sequence number without more parameters; the worker converts to this type and its array alone.
        Assert.Equal(typeof(EventData[]), events.ParameterType);
        Assert.True(trigger.IsBatched);
        Assert.Equal("%ClickLogHub%", trigger.EventHubName);
        Assert.Equal("EventHubs", trigger.Connection);
        Assert.Equal("counting", trigger.ConsumerGroup);
        Assert.Equal(CountClicks.Name, Run.GetCustomAttribute<FunctionAttribute>()!.Name);
    }

    [Fact]
    public void Run_Cancellation_ReachesTheFunction() =>
        Assert.Contains(Run.GetParameters(), p => p.ParameterType == typeof(CancellationToken));

    [Fact]
    public void HostJson_EventHubs_ChecksEveryBatchAndBeginsAtTheStart()
    {
        using var host = JsonDocument.Parse(File.ReadAllText("host.json"));
        var hubs = host.RootElement.GetProperty("extensions").GetProperty("eventHubs");

        Assert.Equal("2.0", host.RootElement.GetProperty("version").GetString());
        Assert.Equal(1, hubs.GetProperty("batchCheckpointFrequency").GetInt32());
        // A new consumer group must not begin at the end: what came before the first deployment of the function counts too.
        Assert.Equal("fromStart", hubs.GetProperty("initialOffsetOptions").GetProperty("type").GetString());
        Assert.Equal(1, hubs.GetProperty("minEventBatchSize").GetInt32());
    }
}

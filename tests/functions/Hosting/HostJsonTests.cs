using System.Text.Json;

namespace ClickFuncs.Functions.Tests.Hosting;

/// <summary>What <c>host.json</c> must say for the code to be reached.</summary>
public sealed class HostJsonTests
{
    private static readonly JsonElement Extensions =
        JsonElement.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json"))).GetProperty("extensions");

    [Fact]
    public void Http_Routes_HaveNoPrefix() =>
        // With the default one, "api", the worker answers 404 to every click before any code of ours runs.
        Assert.Equal("", Extensions.GetProperty("http").GetProperty("routePrefix").GetString());

    [Fact]
    public void EventHubs_Checkpoints_FollowEveryBatchFromTheFirstEvent()
    {
        var hubs = Extensions.GetProperty("eventHubs");
        Assert.Equal(1, hubs.GetProperty("batchCheckpointFrequency").GetInt32());
        Assert.Equal("fromStart", hubs.GetProperty("initialOffsetOptions").GetProperty("type").GetString());
    }
}

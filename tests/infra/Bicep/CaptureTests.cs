namespace ClickFuncs.Infra.Tests.Bicep;

/// <summary>Capture as the archive's reader expects it.</summary>
public sealed class CaptureTests
{
    [BicepFact]
    public async Task Capture_ClickLog_KeepsEmptyFilesBelowItsFolder()
    {
        var hubs = (await BicepCompiler.MainAsync()).OfType("Microsoft.EventHub/namespaces/eventhubs")
            .Where(hub => hub.Find("properties.captureDescription") != null).ToList();

        var capture = Assert.Single(hubs);
        Assert.True(capture.Find("properties.captureDescription.enabled")!.Value.GetBoolean());
        Assert.False(capture.Find("properties.captureDescription.skipEmptyArchives")!.Value.GetBoolean());
        // The order of batch/Archive/CapturePath.cs.
        Assert.Equal(
            "capture/{Namespace}/{EventHub}/{PartitionId}/{Year}/{Month}/{Day}/{Hour}/{Minute}/{Second}",
            capture.Find("properties.captureDescription.destination.properties.archiveNameFormat")!.Value.GetString());
    }
}

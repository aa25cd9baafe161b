using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using ClickFuncs.Functions.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Functions.Tests.Infrastructure;

/// <summary>
/// <c>infra/monitoring.bicep</c> lets Application Insights take nothing without a token. So the app must send one: else no metric arrives, and
/// no alert ever fires.
/// </summary>
public sealed class TelemetryIdentityTests
{
    [Fact]
    public async Task Exporter_WithAnAddress_SendsAsTheAppsIdentity()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "InstrumentationKey=00000000-0000-0000-0000-000000000001",
            ["ClickFuncs:Azure:ClientId"] = "00000000-0000-0000-0000-000000000002",
        }).Build();

        await using var services = new ServiceCollection().AddAzureTelemetry(configuration).BuildServiceProvider();

        Assert.IsType<ManagedIdentityCredential>(services.GetRequiredService<IOptionsMonitor<AzureMonitorExporterOptions>>().CurrentValue.Credential);
    }
}

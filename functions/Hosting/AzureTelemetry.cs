using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using ClickFuncs.Telemetry;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ClickFuncs.Functions.Hosting;

/// <summary>The product's metrics, and the worker's traces and logs, to Application Insights.</summary>
public static class AzureTelemetry
{
    private const string ConnectionString = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>Registers it, if an address is set.</summary>
    public static IServiceCollection AddAzureTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration[ConnectionString] is not { Length: > 0 })
            return services;
        services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithMetrics(metrics => metrics.AddMeter(Instruments.MeterName))
            .UseAzureMonitorExporter(exporter => exporter.Credential = CredentialOf(configuration));
        return services;
    }

    // The exporter does not read the host's APPLICATIONINSIGHTS_AUTHENTICATION_STRING, and the component refuses what comes without a token.
    private static TokenCredential CredentialOf(IConfiguration configuration) =>
        configuration[$"ClickFuncs:Azure:{nameof(AzureOptions.ClientId)}"] is { Length: > 0 } id
            ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(id))
            : new DefaultAzureCredential();
}

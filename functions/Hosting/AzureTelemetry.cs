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
            .UseAzureMonitorExporter();
        return services;
    }
}

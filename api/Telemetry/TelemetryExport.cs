using System.Reflection;
using ClickFuncs.Telemetry;
using ClickFuncs.Telemetry.Tracing;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ClickFuncs.Api.Telemetry;

/// <summary>
/// Sends metrics and traces to an OTLP collector while it lives. A collector that can't be reached costs what is not delivered, and
/// nothing else: nobody waits for it, and what waits for it is bounded. Credentials for it come from <c>OTEL_EXPORTER_OTLP_HEADERS</c>.
/// </summary>
public sealed class TelemetryExport : IDisposable
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceName = "clickfuncs";

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    private TelemetryExport(TelemetryOptions options, Uri endpoint)
    {
        var resource = ResourceBuilder.CreateDefault().AddService(
            ServiceName, serviceVersion: Assembly.GetExecutingAssembly().GetName().Version?.ToString(), serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}");
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(ClickTraces.SourceName)
            // Which clicks are traced is decided before a span is made, see ClickTraces; here the SDK would have to make one first.
            .SetSampler(new AlwaysOnSampler())
            .AddOtlpExporter(otlp => Point(otlp, options, endpoint, "traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Instruments.MeterName)
            .AddOtlpExporter((otlp, reader) =>
            {
                Point(otlp, options, endpoint, "metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.MetricsInterval.TotalMilliseconds;
            })
            .Build();
    }

    /// <summary>The collector that is configured, here or in the environment; null for none.</summary>
    /// <exception cref="FormatException">The environment names something that is no address.</exception>
    public static Uri? EndpointOf(TelemetryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var text = string.IsNullOrEmpty(options.OtlpEndpoint) ? Environment.GetEnvironmentVariable(EndpointVariable) : options.OtlpEndpoint;
        if (string.IsNullOrEmpty(text))
            return null;
        return TelemetryOptions.IsAddress(text) ? new Uri(text) : throw new FormatException($"{EndpointVariable} is '{text}'; it must be an address such as http://localhost:4318.");
    }

    /// <summary>Begins to export, if a collector is configured; null if none is.</summary>
    /// <exception cref="FormatException">The environment names something that is no address.</exception>
    public static TelemetryExport? Start(TelemetryOptions options) => EndpointOf(options) is { } endpoint ? new TelemetryExport(options, endpoint) : null;

    /// <summary>The traces that go with it: none where nothing is exported.</summary>
    public static ClickTraces TracesOf(TelemetryOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        return EndpointOf(options) is null || options.TraceRatio <= 0 ? ClickTraces.Off : new ClickTraces(options.TraceRatio, time);
    }

    /// <summary>Sends what is waiting, for a few seconds at most, and ends.</summary>
    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }

    private static void Point(OtlpExporterOptions otlp, TelemetryOptions options, Uri endpoint, string signal)
    {
        otlp.Protocol = options.OtlpProtocol == OtlpTransport.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        otlp.Endpoint = options.OtlpProtocol == OtlpTransport.Grpc ? endpoint : new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
        otlp.TimeoutMilliseconds = 5000;
    }
}

using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Api.Telemetry;

/// <summary>Where metrics and traces are sent. Without an endpoint nothing is, and <c>/metrics</c> works either way.</summary>
public sealed class TelemetryOptions : IValidatableObject
{
    /// <summary>Base address of an OTLP collector, such as <c>http://localhost:4318</c>. Default: none; then that of the environment variable
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, if there is one.</summary>
    public string? OtlpEndpoint { get; init; }

    /// <summary>How the collector is spoken to. Default <c>HttpProtobuf</c>, to which the base address gets <c>/v1/traces</c> and
    /// <c>/v1/metrics</c>.</summary>
    public OtlpTransport OtlpProtocol { get; init; } = OtlpTransport.HttpProtobuf;

    /// <summary>Part of the clicks that are traced. Default 0.001: at a thousand clicks a second one trace a second. A click that is not traced
    /// costs nothing but a comparison.</summary>
    [Range(0.0, 1.0)]
    public double TraceRatio { get; init; } = 0.001;

    /// <summary>Time between two exports of metrics. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MetricsInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OtlpEndpoint is { Length: > 0 } && !IsAddress(OtlpEndpoint))
            yield return new ValidationResult($"OtlpEndpoint is '{OtlpEndpoint}'; it must be an address such as http://localhost:4318.", [nameof(OtlpEndpoint)]);
    }

    internal static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}

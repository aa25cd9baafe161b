using System.ComponentModel.DataAnnotations;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Api.Metrics;

/// <summary>What <c>GET /metrics</c> shows.</summary>
public sealed class MetricsOptions
{
    /// <summary>Meters that are collected. Default: this system's own.</summary>
    public ISet<string> Meters { get; init; } = new HashSet<string>(StringComparer.Ordinal) { Instruments.MeterName };

    /// <summary>Most tag combinations kept per metric. Default 2000. Those beyond share one series, tagged
    /// <c>otel_metric_overflow</c>, so that a careless tag can't fill the memory.</summary>
    [Range(1, 1_000_000)]
    public int MaxSeriesPerMetric { get; set; } = 2000;
}

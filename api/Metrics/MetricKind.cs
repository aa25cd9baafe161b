namespace ClickFuncs.Api.Metrics;

/// <summary>Kind of a metric in the text exposition.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.Metrics;

/// <summary>
/// Collects this process' metrics from its first moment on and writes them as text. A hosted service only so that it
/// listens before the first request is counted.
/// </summary>
internal sealed partial class MetricsCollector : IHostedService, IDisposable
{
    private static readonly double[] DefaultBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<MetricFamily, byte> _observed = new();
    private readonly Lock _scraping = new();
    private readonly MetricsOptions _options;
    private readonly ILogger _logger;
    private long _scrape;

    public MetricsCollector(IOptions<MetricsOptions> options, ILogger<MetricsCollector> logger)
    {
        _options = options.Value;
        _logger = logger;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (_options.Meters.Contains(instrument.Meter.Name))
                listener.EnableMeasurementEvents(instrument, Target(instrument));
        };
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Take(value, tags, state));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, state) => Take(value, tags, state));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, state) => Take((double)value, tags, state));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Take(value, tags, state));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Take(value, tags, state));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, state) => Take(value, tags, state));
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, state) => Take(value, tags, state));
        _listener.Start();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();

    /// <summary>Reads the observed metrics and writes all of them.</summary>
    public string Scrape()
    {
        lock (_scraping)
        {
            Observe();
            var text = new StringBuilder(16 * 1024);
            foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
                PrometheusText.Write(text, family);
            return text.ToString();
        }
    }

    /// <summary>Reads the observed metrics and gives the series of some counters and gauges; histograms have none here.</summary>
    public IReadOnlyList<MetricSample> Read(IReadOnlySet<string> names)
    {
        lock (_scraping)
        {
            Observe();
            return [.. _families.Values
                .Where(family => family.Kind != MetricKind.Histogram && names.Contains(family.Name))
                .SelectMany(family => family.Series.Select(series => new MetricSample(family.Name, PrometheusText.LabelsOf(series.Tags), series.Value)))];
        }
    }

    private void Observe()
    {
        _scrape++;
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException exception)
        {
            // One gauge that fails must not hide the others; its series are missing.
            LogObserveFailed(_logger, exception);
        }

        foreach (var family in _observed.Keys)
            family.DropUnseen(_scrape);
    }

    private void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        ((InstrumentTarget)state!).Take(value, tags, _scrape);

    private InstrumentTarget Target(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        var kind = type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter
            : type == typeof(Histogram<>) ? MetricKind.Histogram : MetricKind.Gauge;
        var name = PrometheusNames.Metric(instrument.Name, instrument.Unit, kind);
        var family = _families.GetOrAdd(name, key => new MetricFamily(
            key, instrument.Description ?? "", kind, kind == MetricKind.Histogram ? Bounds(instrument) : [], _options.MaxSeriesPerMetric));
        if (instrument.IsObservable)
            _observed[family] = 0;
        return new InstrumentTarget(family, adds: type == typeof(Counter<>) || type == typeof(UpDownCounter<>));
    }

    private static double[] Bounds(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => DefaultBounds,
    };
}

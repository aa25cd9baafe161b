using System.Diagnostics.Metrics;
using ClickFuncs.Api.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.Tests.Metrics;

public sealed class MetricsCollectorTests : IDisposable
{
    private readonly Meter _meter = new($"test-{Guid.NewGuid():N}");
    private readonly MetricsCollector _collector;

    public MetricsCollectorTests()
    {
        // Only this test's own meter: the product's are static, and other tests count by them at the same time.
        var options = new MetricsOptions { MaxSeriesPerMetric = 3 };
        options.Meters.Clear();
        options.Meters.Add(_meter.Name);
        _collector = new MetricsCollector(Options.Create(options), NullLogger<MetricsCollector>.Instance);
    }

    [Fact]
    public void Scrape_Counter_HasHelpTypeAndEscapedLabels()
    {
        var counter = _meter.CreateCounter<long>("click.requests", "{request}", "Requests \\ by\noutcome.");
        counter.Add(2, new KeyValuePair<string, object?>("out.come", "say \"hi\"\\\n"));
        counter.Add(3, new KeyValuePair<string, object?>("out.come", "say \"hi\"\\\n"));

        Assert.Equal(
            "# HELP click_requests_total Requests \\\\ by\\noutcome.\n# TYPE click_requests_total counter\n"
            + "click_requests_total{out_come=\"say \\\"hi\\\"\\\\\\n\"} 5\n", _collector.Scrape());
    }

    [Fact]
    public void Scrape_Histogram_HasCumulativeBuckets()
    {
        var histogram = _meter.CreateHistogram("sync.duration", "s", "Sync.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.25, 0.5] });
        foreach (var value in (double[])[0.25, 0.375, 8])
            histogram.Record(value, new KeyValuePair<string, object?>("partition", 3));

        Assert.Equal(
            """
            # HELP sync_duration_seconds Sync.
            # TYPE sync_duration_seconds histogram
            sync_duration_seconds_bucket{partition="3",le="0.25"} 1
            sync_duration_seconds_bucket{partition="3",le="0.5"} 2
            sync_duration_seconds_bucket{partition="3",le="+Inf"} 3
            sync_duration_seconds_sum{partition="3"} 8.625
            sync_duration_seconds_count{partition="3"} 3

            """, _collector.Scrape());
    }

    [Fact]
    public void Scrape_ObservedGauge_ShowsOnlyWhatIsThereNow()
    {
        Measurement<double>[] now = [new(1.5, new KeyValuePair<string, object?>("partition", 0)), new(2, new KeyValuePair<string, object?>("partition", 1))];
        _meter.CreateObservableGauge("lag", () => now, "s");

        Assert.Equal("# TYPE lag_seconds gauge\nlag_seconds{partition=\"0\"} 1.5\nlag_seconds{partition=\"1\"} 2\n", _collector.Scrape());
        now = [new(7, new KeyValuePair<string, object?>("partition", 1))];
        Assert.Equal("# TYPE lag_seconds gauge\nlag_seconds{partition=\"1\"} 7\n", _collector.Scrape());
    }

    [Fact]
    public void Scrape_OneGaugeFails_ShowsTheOthers()
    {
        _meter.CreateObservableGauge("bad", double () => throw new InvalidOperationException("broken"));
        _meter.CreateCounter<int>("good").Add(1);

        Assert.Equal("# TYPE good_total counter\ngood_total 1\n", _collector.Scrape());
    }

    [Fact]
    public void Scrape_TooManySeries_SumsTheRestInOne()
    {
        var counter = _meter.CreateCounter<long>("ads");
        for (var ad = 0; ad < 10; ad++)
            counter.Add(1, new KeyValuePair<string, object?>("ad", ad));

        Assert.Equal(
            "# TYPE ads_total counter\nads_total{ad=\"0\"} 1\nads_total{ad=\"1\"} 1\nads_total{ad=\"2\"} 1\nads_total{otel_metric_overflow=\"true\"} 7\n",
            _collector.Scrape());
    }

    [Fact]
    public async Task Add_FromManyThreads_LosesNothing()
    {
        var counter = _meter.CreateCounter<long>("busy");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
                counter.Add(1);
        })));

        Assert.EndsWith("busy_total 40000\n", _collector.Scrape(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("process.memory", "By", MetricKind.Gauge, "process_memory_bytes")]
    [InlineData("hit.rate", "1", MetricKind.Gauge, "hit_rate_ratio")]
    [InlineData("a.seconds", "s", MetricKind.Gauge, "a_seconds")]
    [InlineData("9lives", "", MetricKind.Counter, "_9lives_total")]
    [InlineData("money.at-risk", "{currency}", MetricKind.Gauge, "money_at_risk")]
    internal void Metric_NameAndUnit_FollowTheConvention(string name, string unit, MetricKind kind, string expected) =>
        Assert.Equal(expected, PrometheusNames.Metric(name, unit, kind));

    public void Dispose()
    {
        _collector.Dispose();
        _meter.Dispose();
    }
}

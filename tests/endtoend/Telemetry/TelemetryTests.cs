using System.Globalization;
using System.Text.Json;
using ClickFuncs.Api.Alerts;
using ClickFuncs.Testing.Net;

namespace ClickFuncs.EndToEnd.Tests.Telemetry;

/// <summary>The real host sends what it measures to a collector, and probes itself.</summary>
public sealed class TelemetryTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Click_InAHostWithACollector_IsOneTraceFromRedirectToVisibleRow()
    {
        await using var collector = new OtlpCollector();
        await _data.AddAdAsync("ad_1", "adv_1", new Uri("http://127.0.0.1/landing"));
        await using var host = await StartAsync(("Telemetry__OtlpEndpoint", collector.Url.ToString()), ("Telemetry__TraceRatio", "1"), ("Telemetry__MetricsInterval", "00:00:01"));
        var clicks = (await _data.JsonAsync("load", "--rate", "5", "--seconds", "1", "--connections", "1")).GetProperty("acknowledged").GetInt32();

        Assert.True(await Eventually.HoldsAsync(() => Task.FromResult(clicks > 0 && Traces(collector).Count == clicks), Limit), $"{collector.Spans.Count} spans came");
        foreach (var trace in Traces(collector))
        {
            var click = trace.Single(span => span.Name == "click");
            Assert.Equal("", click.Parent);
            Assert.Equal(["commit", "count", "log append", "publish"], trace.Where(span => span.Parent == click.Id).Select(span => span.Name).Order(StringComparer.Ordinal));
            Assert.True(trace.Single(span => span.Name == "publish").EndNanos > click.EndNanos, "A row was visible before its click was answered.");
            Assert.Contains(collector.Spans, span => span.Name == "batch" && span.LinkedTraces.Contains(click.Trace));
        }

        Assert.True(await Eventually.HoldsAsync(
            () => Task.FromResult(collector.Metrics.Contains("clickfuncs.redirect.requests") && collector.Metrics.Contains("clickfuncs.partition.lag")), Limit));
    }

    [Fact]
    public async Task Collector_ThatIsNotThere_CostsNoClick()
    {
        await _data.AddAdAsync("ad_1", "adv_1", new Uri("http://127.0.0.1/landing"));
        await using var host = await StartAsync(("Telemetry__OtlpEndpoint", $"http://127.0.0.1:{FreePort.Find()}"), ("Telemetry__TraceRatio", "1"));
        var load = await _data.JsonAsync("load", "--rate", "50", "--seconds", "2", "--connections", "4");
        Assert.Equal(load.GetProperty("sent").GetInt32(), load.GetProperty("acknowledged").GetInt32());
        Assert.NotEqual(0, load.GetProperty("acknowledged").GetInt32());
    }

    [Fact]
    public async Task Probes_BesideClicks_AreMeasuredAndCountedForNobody()
    {
        await _data.AddAdAsync("ad_1", "adv_1", new Uri("http://127.0.0.1/landing"));
        long acknowledged;
        await using (var host = await StartAsync((Cli.ProbesVariable["ClickFuncs__".Length..], "true"), ("Freshness__Interval", "00:00:01")))
        {
            // On a busy machine not all of the schedule is sent.
            acknowledged = (await _data.JsonAsync("load", "--rate", "10", "--seconds", "8", "--connections", "1")).GetProperty("acknowledged").GetInt64();
            string metrics = "";
            Assert.True(await Eventually.HoldsAsync(async () => (metrics = await TextAsync(host, "/metrics")).Contains("clickfuncs_freshness_probes_total{outcome=\"visible\"}", StringComparison.Ordinal), Limit));
            var freshness = Value(metrics, "clickfuncs_freshness_seconds");
            Assert.InRange(freshness, 0.05, 30);
            var gauges = AlertRules.All.SelectMany(rule => rule.Condition.Metrics).Where(name => !name.EndsWith("_total", StringComparison.Ordinal) && !name.Contains("money_at_risk", StringComparison.Ordinal));
            Assert.All(gauges, name => Assert.Contains($"\n{name}", metrics, StringComparison.Ordinal));
            // A stop leaves the last ones to the next start.
            Assert.True(await Eventually.HoldsAsync(async () => await ClicksAsync() == acknowledged, Limit), $"{await ClicksAsync()} of {acknowledged} clicks are shown");
            Assert.Equal(0, await host.StopAsync());
        }

        var probes = await _data.QueryAsync("clickfuncs-probe", "1d", "--accuracy", "live");
        Assert.NotEmpty(probes.GetProperty("series").EnumerateArray());
        Assert.Equal(acknowledged, await ClicksAsync());
        await _data.VerifyAsync();
    }

    private async Task<long> ClicksAsync() => (await _data.QueryAsync("adv_1", "1d", "--accuracy", "live"))
        .GetProperty("series").EnumerateArray().Sum(point => point.GetProperty("clicks").GetInt64());

    private static List<List<OtlpSpan>> Traces(OtlpCollector collector) =>
        [.. collector.Spans.GroupBy(span => span.Trace).Select(trace => trace.ToList())
            .Where(trace => trace.Exists(span => span.Name == "click") && trace.Exists(span => span.Name == "publish"))];

    private async Task<HostProcess> StartAsync(params (string Name, string Value)[] settings)
    {
        var port = FreePort.Find();
        var start = Cli.StartInfo("up", "--data", _data.Path, "--port", $"{port}");
        foreach (var (name, value) in settings)
            start.Environment[$"ClickFuncs__{name}"] = value;
        return await HostProcess.StartAsync(start, _data.Path, ownsData: false, port);
    }

    private static async Task<string> TextAsync(HostProcess host, string path)
    {
        using var answer = await host.GetAsync(path);
        return await answer.Content.ReadAsStringAsync();
    }

    private static double Value(string metrics, string name) =>
        double.Parse(metrics.Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
}

using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using ClickFuncs.Api.Alerts;
using ClickFuncs.Api.Metrics;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Api.Tests.Alerts;

/// <summary>Alerts read metrics that exist: an alert on a misspelt one would never fire.</summary>
public sealed class AlertMetricsTests
{
    private static readonly string[] UnitsOfGauges = ["", "_seconds", "_bytes"];

    [Fact]
    public void Alerts_ReadMetricsThatExist()
    {
        var classes = new[] { typeof(Instruments).Assembly, typeof(AlertRules).Assembly }
            .SelectMany(assembly => assembly.GetTypes()).Where(type => type.Name.EndsWith("Instruments", StringComparison.Ordinal)).ToList();
        var known = Counters(classes).Concat(Gauges(classes)).ToHashSet(StringComparer.Ordinal);
        Assert.Contains("clickfuncs_redirect_requests_total", known);
        Assert.All(AlertRules.All.SelectMany(rule => rule.Condition.Metrics), metric => Assert.Contains(metric, known));
    }

    private static List<string> Counters(IEnumerable<Type> classes)
    {
        foreach (var one in classes)
            RuntimeHelpers.RunClassConstructor(one.TypeHandle);
        var found = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == Instruments.MeterName && instrument is Counter<long>)
                found.Add(PrometheusNames.Metric(instrument.Name, instrument.Unit, MetricKind.Counter));
        };
        listener.Start();
        return found;
    }

    // A gauge has a unit only where it is registered; hosts are asked for them in the end-to-end tests.
    private static IEnumerable<string> Gauges(IEnumerable<Type> classes) => classes
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
        .Where(field => field.IsLiteral && field.GetRawConstantValue() is string name && name.StartsWith("clickfuncs.", StringComparison.Ordinal))
        .SelectMany(field => UnitsOfGauges.Select(unit => PrometheusNames.Clean((string)field.GetRawConstantValue()!) + unit));
}

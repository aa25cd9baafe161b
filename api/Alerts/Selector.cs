using ClickFuncs.Api.Metrics;

namespace ClickFuncs.Api.Alerts;

/// <summary>Some series of a metric: those that have all of these labels.</summary>
public sealed class Selector
{
    private readonly (string Name, string Value)[] _labels;

    /// <param name="metric">Its Prometheus name.</param>
    /// <param name="labels">Labels that the series have; none for all series.</param>
    public Selector(string metric, params (string Name, string Value)[] labels) => (Metric, _labels) = (metric, labels);

    /// <summary>The metric's Prometheus name.</summary>
    public string Metric { get; }

    /// <summary>As PromQL writes it.</summary>
    public override string ToString() =>
        _labels.Length == 0 ? Metric : $"{Metric}{{{string.Join(',', _labels.Select(label => $"{label.Name}=\"{label.Value}\""))}}}";

    internal bool Matches(MetricSample sample) =>
        sample.Name == Metric && Array.TrueForAll(_labels, wanted => sample.Labels.Any(label => label.Key == wanted.Name && label.Value == wanted.Value));
}

namespace ClickFuncs.Api.Metrics;

/// <summary>One series of a counter or gauge, as <c>/metrics</c> would write it.</summary>
/// <param name="Name">Its Prometheus name.</param>
/// <param name="Labels">Its labels, ordered by name.</param>
/// <param name="Value">Its value.</param>
internal sealed record MetricSample(string Name, IReadOnlyList<KeyValuePair<string, string>> Labels, double Value)
{
    /// <summary>The labels as one text, equal for equal labels: <c>alert="drift"</c>.</summary>
    public string Key { get; } = string.Join(',', Labels.Select(label => $"{label.Key}=\"{label.Value}\""));
}

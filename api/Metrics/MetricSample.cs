namespace ClickFuncs.Api.Metrics;

/// <summary>One series of a counter or gauge, as <c>/metrics</c> would write it.</summary>
/// <param name="Name">Its Prometheus name.</param>
/// <param name="Labels">Its labels, ordered by name.</param>
/// <param name="Value">Its value.</param>
public sealed record MetricSample(string Name, IReadOnlyList<KeyValuePair<string, string>> Labels, double Value)
{
    /// <summary>The value of a series.</summary>
    public static MetricSample Of(string name, double value, params (string Name, string Value)[] labels) =>
        new(name, [.. labels.Select(label => new KeyValuePair<string, string>(label.Name, label.Value))], value);

    /// <summary>The labels as one text, equal for equal labels: <c>alert="drift"</c>.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Key { get; } = string.Join(',', Labels.Select(label => $"{label.Key}=\"{label.Value}\""));
}

using System.Globalization;
using System.Text;

namespace ClickFuncs.Api.Metrics;

/// <summary>Writes metrics in Prometheus' text format 0.0.4. Pure.</summary>
public static class PrometheusText
{
    internal const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Adds one metric with all its series; nothing when it has none.</summary>
    internal static void Write(StringBuilder text, MetricFamily family)
    {
        var series = family.Series.Select(one => (Labels: Labels(one.Tags), Series: one)).OrderBy(one => one.Labels, StringComparer.Ordinal).ToList();
        if (series.Count == 0)
            return;
        if (family.Help.Length > 0)
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escape(family.Help, quotes: false)).Append('\n');
        text.Append("# TYPE ").Append(family.Name).Append(' ').Append(Type(family.Kind)).Append('\n');
        foreach (var (labels, one) in series)
        {
            if (family.Kind == MetricKind.Histogram)
                WriteHistogram(text, family, labels, one);
            else
                WriteSample(text, family.Name, labels, one.Value);
        }
    }

    /// <summary>Writes counters and gauges that nobody measures here.</summary>
    public static string Write(IEnumerable<MetricSample> samples)
    {
        var text = new StringBuilder();
        foreach (var family in samples.GroupBy(sample => sample.Name, StringComparer.Ordinal).OrderBy(family => family.Key, StringComparer.Ordinal))
        {
            text.Append("# TYPE ").Append(family.Key).Append(' ').Append(Type(family.Key.EndsWith("_total", StringComparison.Ordinal) ? MetricKind.Counter : MetricKind.Gauge)).Append('\n');
            foreach (var sample in family)
                WriteSample(text, sample.Name, string.Join(',', sample.Labels.Select(label => $"{label.Key}=\"{Escape(label.Value, quotes: true)}\"")), sample.Value);
        }

        return text.ToString();
    }

    /// <summary>The labels of a series as they are written, unescaped, ordered by name.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> LabelsOf(TagSet set)
    {
        var labels = new List<KeyValuePair<string, string>>(set.Tags.Length);
        foreach (var (key, value) in set.Tags)
            labels.Add(new(PrometheusNames.Clean(key), Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
        labels.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        return labels;
    }

    private static void WriteHistogram(StringBuilder text, MetricFamily family, string labels, MetricSeries series)
    {
        var lead = labels.Length == 0 ? "" : labels + ",";
        long count = 0;
        for (var i = 0; i <= family.Bounds.Length; i++)
        {
            count += series.InBucket(i);
            var bound = i < family.Bounds.Length ? family.Bounds[i] : double.PositiveInfinity;
            WriteSample(text, family.Name + "_bucket", $"{lead}le=\"{Number(bound)}\"", count);
        }

        WriteSample(text, family.Name + "_sum", labels, series.Value);
        WriteSample(text, family.Name + "_count", labels, count);
    }

    private static void WriteSample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Labels(TagSet set)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in set.Tags)
        {
            if (text.Length > 0)
                text.Append(',');
            text.Append(PrometheusNames.Clean(key)).Append("=\"")
                .Append(Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", quotes: true)).Append('"');
        }

        return text.ToString();
    }

    private static string Escape(string text, bool quotes)
    {
        text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Type(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };
}

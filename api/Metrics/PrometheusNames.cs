namespace ClickFuncs.Api.Metrics;

/// <summary>Names of instruments as Prometheus writes them. Pure.</summary>
internal static class PrometheusNames
{
    /// <summary><c>clickfuncs.redirect.duration</c> in <c>s</c> becomes <c>clickfuncs_redirect_duration_seconds</c>; counters end in <c>_total</c>.</summary>
    public static string Metric(string name, string? unit, MetricKind kind)
    {
        var text = Clean(name);
        var suffix = Unit(unit, kind);
        if (suffix.Length > 0 && !text.EndsWith(suffix, StringComparison.Ordinal))
            text += suffix;
        return kind == MetricKind.Counter && !text.EndsWith("_total", StringComparison.Ordinal) ? text + "_total" : text;
    }

    /// <summary>Letters, digits and underscores, not starting with a digit.</summary>
    public static string Clean(string name) => string.Create(name.Length + (char.IsAsciiDigit(name[0]) ? 1 : 0), name, static (target, source) =>
    {
        target[0] = '_';
        var start = target.Length - source.Length;
        for (var i = 0; i < source.Length; i++)
            target[start + i] = char.IsAsciiLetterOrDigit(source[i]) ? source[i] : '_';
    });

    // Units follow UCUM; one in braces is a remark and no unit.
    private static string Unit(string? unit, MetricKind kind) => unit switch
    {
        null or "" => "",
        "s" => "_seconds",
        "ms" => "_milliseconds",
        "By" => "_bytes",
        "%" => "_percent",
        "1" => kind == MetricKind.Gauge ? "_ratio" : "",
        _ when unit.StartsWith('{') => "",
        _ => "_" + Clean(unit),
    };
}

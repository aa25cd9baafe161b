namespace ClickFuncs.Api.Metrics;

/// <summary>Where the measurements of one instrument go, and how they are taken in.</summary>
internal sealed class InstrumentTarget(MetricFamily family, bool adds)
{
    /// <summary>Takes one measurement in; <paramref name="scrape"/> is the number of the scrape that is under way or was last.</summary>
    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, long scrape)
    {
        var series = family.Find(tags);
        series.SeenAt = scrape;
        if (family.Kind == MetricKind.Histogram)
            series.Observe(value);
        else if (adds)
            series.Add(value);
        else
            series.Set(value);
    }
}

namespace ClickFuncs.Api.Metrics;

/// <summary>The state of one series. Thread-safe without locks; a reader may see a sum and a count that are one measurement apart.</summary>
internal sealed class MetricSeries(TagSet tags, double[] bounds)
{
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private double _value;

    public TagSet Tags => tags;

    /// <summary>Scrape that last saw it; only observed metrics care.</summary>
    public long SeenAt { get; set; }

    /// <summary>The count so far, the gauge's value, or the sum of a histogram.</summary>
    public double Value => Volatile.Read(ref _value);

    public void Set(double value) => Volatile.Write(ref _value, value);

    public void Add(double value)
    {
        var known = Volatile.Read(ref _value);
        while (true)
        {
            var seen = Interlocked.CompareExchange(ref _value, known + value, known);
            if (seen.Equals(known))
                return;
            known = seen;
        }
    }

    public void Observe(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket])
            bucket++;
        Interlocked.Increment(ref _buckets[bucket]);
        Add(value);
    }

    /// <summary>Measurements in one bucket; the last has those above all bounds.</summary>
    public long InBucket(int index) => Volatile.Read(ref _buckets[index]);
}

namespace ClickFuncs.Local.Load;

/// <summary>What a run has counted so far. <c>Sent = answered + Errors</c> once nothing is under way.</summary>
internal sealed class LoadTally
{
    private readonly long[] _answered = new long[10];

    /// <summary>Requests sent.</summary>
    public long Sent { get; set; }

    /// <summary>Requests without a complete answer: connection lost, timed out, or no HTTP.</summary>
    public long Errors { get; set; }

    /// <summary>Requests that were due but never sent, because every connection was busy until the end.</summary>
    public long Unsent { get; set; }

    /// <summary>Connections opened after the first of their slot.</summary>
    public long Reconnects { get; set; }

    /// <summary>Answers 302: clicks the server promised to count.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>From when an answered request was due to the last byte of its answer.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>Counts one complete answer.</summary>
    public void Answer(int status, long latencyMicros)
    {
        _answered[status / 100]++;
        if (status == 302)
            Acknowledged++;
        Latency.Record(latencyMicros);
    }

    /// <summary>The counts as they are now.</summary>
    public LoadSummary Summarize(TimeSpan elapsed) => new()
    {
        Sent = Sent,
        Answered = [.. _answered],
        Acknowledged = Acknowledged,
        Errors = Errors,
        Unsent = Unsent,
        Reconnects = Reconnects,
        Elapsed = elapsed,
        P50 = Latency.ValueAt(500),
        P90 = Latency.ValueAt(900),
        P99 = Latency.ValueAt(990),
        P999 = Latency.ValueAt(999),
        Max = Latency.Max,
    };
}

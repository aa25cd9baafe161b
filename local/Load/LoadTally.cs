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

    /// <summary>From the sending of an acknowledged request to the last byte of its answer: without the wait for a free connection.</summary>
    public LatencyHistogram Accepted { get; } = new();

    /// <summary>The same of requests that were answered 5xx.</summary>
    public LatencyHistogram Refused { get; } = new();

    /// <summary>Counts one complete answer.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="latencyMicros">Since it was due.</param>
    /// <param name="sentMicros">Since it was sent.</param>
    /// <param name="isWarm">Whether its time is measured: the warm-up is over.</param>
    public void Answer(int status, long latencyMicros, long sentMicros, bool isWarm)
    {
        _answered[status / 100]++;
        if (status == 302)
            Acknowledged++;
        if (!isWarm)
            return;
        if (status == 302)
            Accepted.Record(sentMicros);
        else if (status >= 500)
            Refused.Record(sentMicros);
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
        AcceptedP50 = Accepted.ValueAt(500),
        AcceptedP99 = Accepted.ValueAt(990),
        RefusedP50 = Refused.ValueAt(500),
        RefusedP99 = Refused.ValueAt(990),
    };
}

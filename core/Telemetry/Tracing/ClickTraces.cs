using System.Collections.Concurrent;
using System.Diagnostics;
using ClickFuncs.Events;
using ClickFuncs.Log;

namespace ClickFuncs.Telemetry.Tracing;

/// <summary>
/// Follows some clicks from the redirect to the row that queries show. Which ones is decided by the event id, before anything is
/// made for a trace: a click that is not chosen costs one comparison, and nothing while nobody listens. The trace is no part of
/// the event: whoever knows where a traced click lies on the log says so with <see cref="Follow"/>, and the batch that holds
/// that place finishes the trace. Thread-safe.
/// </summary>
public sealed class ClickTraces
{
    /// <summary>Name of the source to listen to.</summary>
    public const string SourceName = "ClickFuncs";

    /// <summary>Traces nothing.</summary>
    public static readonly ClickTraces Off = new(0, TimeProvider.System);

    // Links of a batch to the clicks in it; a batch can hold a hundred thousand.
    private const int MaxLinks = 64;

    private static readonly ActivitySource Source = new(SourceName);

    private readonly ConcurrentDictionary<int, TracedPartition> _partitions = new();
    private readonly TimeProvider _time;
    private readonly ulong _below;

    /// <param name="ratio">Part of the clicks to trace, 0 to 1.</param>
    /// <param name="time">The clock of the spans.</param>
    public ClickTraces(double ratio, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ratio);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ratio, 1);
        _below = ratio >= 1 ? ulong.MaxValue : (ulong)(ratio * ulong.MaxValue);
        _time = time;
    }

    /// <summary>Whether any click is traced now.</summary>
    public bool IsOn => _below > 0 && Source.HasListeners();

    /// <summary>Begins the trace of a click, if it is one to be traced. Every process with the same ratio chooses the same ids.</summary>
    /// <param name="id">Its identity.</param>
    /// <returns>The span of the redirect, begun; null when the click is not traced.</returns>
    public Activity? Begin(Fingerprint id) => id.Low < _below && Source.HasListeners() ? Begin("click") : null;

    /// <summary>Begins the trace of a probe: each one is traced while anything is.</summary>
    public Activity? BeginProbe() => IsOn ? Begin("probe") : null;

    /// <summary>Says where a traced click lies, once it is durable. A log that does not tell (sequence -1) ends its trace there.</summary>
    public void Follow(Activity trace, LogPosition position)
    {
        ArgumentNullException.ThrowIfNull(trace);
        Add("log append", trace.Context, trace.StartTimeUtc, _time.GetUtcNow());
        trace.SetTag("clickfuncs.partition", position.Partition).SetTag("clickfuncs.sequence", position.Sequence);
        if (position.Sequence < 0)
        {
            TracingInstruments.Unfinished.Add(1);
            return;
        }

        var click = new FollowedClick(position.Sequence, trace.Context);
        if (Of(position.Partition).Follow(click) is { } batch)
            Finish(position.Partition, batch, [click]);
    }

    /// <summary>Ends a span at the time of the clock it was begun with.</summary>
    public void End(Activity? trace)
    {
        trace?.SetEndTime(_time.GetUtcNow().UtcDateTime);
        trace?.Dispose();
    }

    /// <summary>Finishes the traces of the clicks in a batch that is published.</summary>
    internal void Published(int partition, in BatchTimes batch)
    {
        var clicks = Of(partition).Publish(batch);
        if (clicks.Count > 0)
            Finish(partition, batch, clicks);
    }

    private Activity? Begin(string name)
    {
        // A trace of its own, whatever is under way around it. What a browser sends as its trace is not believed: strangers would decide what is traced.
        Activity.Current = null;
        return Source.StartActivity(name, ActivityKind.Server, parentContext: default, startTime: _time.GetUtcNow());
    }

    private TracedPartition Of(int partition) => _partitions.GetOrAdd(partition, _ => new TracedPartition());

    private static void Finish(int partition, in BatchTimes batch, IReadOnlyList<FollowedClick> clicks)
    {
        Activity.Current = null;
        var links = clicks.Take(MaxLinks).Select(click => new ActivityLink(click.Context));
        ActivityLink[] toBatch = [];
        using (var whole = Source.StartActivity("batch", ActivityKind.Consumer, parentContext: default, links: links, startTime: batch.Read))
        {
            if (whole != null)
            {
                whole.SetTag("clickfuncs.partition", partition).SetTag("clickfuncs.first", batch.First).SetTag("clickfuncs.last", batch.Last);
                whole.SetEndTime(batch.Published.UtcDateTime);
                toBatch = [new ActivityLink(whole.Context)];
            }
        }

        foreach (var click in clicks)
        {
            Add("count", click.Context, batch.Read, batch.Counted, toBatch);
            Add("commit", click.Context, batch.Counted, batch.Committed);
            Add("publish", click.Context, batch.PublishStarted, batch.Published);
        }
    }

    private static void Add(string name, ActivityContext parent, DateTimeOffset from, DateTimeOffset to, ActivityLink[]? links = null)
    {
        var current = Activity.Current;
        using (var span = Source.StartActivity(name, ActivityKind.Internal, parent, links: links, startTime: from))
            span?.SetEndTime(to.UtcDateTime);
        Activity.Current = current;
    }
}

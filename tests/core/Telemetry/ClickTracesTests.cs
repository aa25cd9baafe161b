using System.Collections.Concurrent;
using System.Diagnostics;
using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Telemetry.Tracing;
using ClickFuncs.Testing.Memory;
using ClickFuncs.Testing.Time;

namespace ClickFuncs.Core.Tests.Telemetry;

public sealed class ClickTracesTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public ClickTracesTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ClickTraces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void Trace_OfAClick_GoesFromTheRedirectToThePublishedRow()
    {
        var traces = new ClickTraces(1, _clock);
        var click = traces.Begin(Id("a"))!;
        _clock.Advance(TimeSpan.FromMilliseconds(2));
        traces.Follow(click, new LogPosition(3, 17));
        traces.End(click);
        var times = Batch(10, 20);
        traces.Published(3, times);

        var spans = Of(click);
        Assert.Equal(["click", "commit", "count", "log append", "publish"], spans.Select(span => span.OperationName).Order(StringComparer.Ordinal));
        Assert.All(spans.Where(span => span != click), span => Assert.Equal(click.SpanId, span.ParentSpanId));
        Assert.Equal(TimeSpan.FromMilliseconds(2), Named(spans, "log append").Duration);
        Assert.Equal(times.Published.UtcDateTime, Named(spans, "publish").StartTimeUtc + Named(spans, "publish").Duration);
    }

    [Fact]
    public void Trace_WhoseBatchWasPublishedBeforeItsPlaceWasKnown_IsFinishedToo()
    {
        var traces = new ClickTraces(1, _clock);
        var click = traces.Begin(Id("b"))!;
        traces.Published(0, Batch(0, 5));
        traces.Follow(click, new LogPosition(0, 5));
        traces.End(click);

        Assert.Contains("publish", Of(click).Select(span => span.OperationName));
    }

    [Fact]
    public void Trace_OfAnotherBatch_Waits()
    {
        var traces = new ClickTraces(1, _clock);
        var click = traces.Begin(Id("c"))!;
        traces.Follow(click, new LogPosition(0, 6));
        traces.End(click);
        traces.Published(0, Batch(0, 5));
        Assert.DoesNotContain("publish", Of(click).Select(span => span.OperationName));

        traces.Published(0, Batch(6, 6));
        Assert.Contains("publish", Of(click).Select(span => span.OperationName));
    }

    [Fact]
    public void Batch_OfTracedClicks_IsLinkedWithThem()
    {
        var traces = new ClickTraces(1, _clock);
        var click = traces.Begin(Id("d"))!;
        traces.Follow(click, new LogPosition(0, 1));
        traces.End(click);
        traces.Published(0, Batch(0, 5));

        var batch = Assert.Single(_spans, span => span.OperationName == "batch" && span.Links.Any(link => link.Context.TraceId == click.TraceId));
        Assert.Equal(batch.TraceId, Named(Of(click), "count").Links.Single().Context.TraceId);
    }

    [Fact]
    public void Begin_ByRatio_ChoosesThatPartByTheIdAlone()
    {
        var (one, other) = (new ClickTraces(0.1, _clock), new ClickTraces(0.1, _clock));
        var chosen = 0;
        for (var i = 0; i < 5000; i++)
        {
            var id = Id($"clk_{i}");
            using var first = one.Begin(id);
            using var again = other.Begin(id);
            Assert.Equal(first is null, again is null);
            chosen += first is null ? 0 : 1;
        }

        Assert.InRange(chosen, 400, 600);
    }

    [Fact]
    public void Begin_ClickThatIsNotChosen_AllocatesNothing()
    {
        var traces = new ClickTraces(1e-9, _clock);
        var id = Id("e");

        Assert.Equal(0, Allocations.FewestOf(() =>
        {
            for (var i = 0; i < 1000; i++)
                traces.Begin(id);
        }));
    }

    [Fact]
    public void IsOn_WithoutAListener_IsFalse()
    {
        Assert.True(new ClickTraces(1, _clock).IsOn);
        Assert.False(ClickTraces.Off.IsOn);
    }

    [Fact]
    public void Begin_UnderATraceOfTheCaller_IsATraceOfItsOwn()
    {
        using var stranger = new Activity("stranger").Start();
        var click = new ClickTraces(1, _clock).Begin(Id("f"))!;
        Assert.NotEqual(stranger.TraceId, click.TraceId);
        click.Dispose();
    }

    private BatchTimes Batch(long first, long last)
    {
        var now = _clock.GetUtcNow();
        return new(first, last, now.AddMilliseconds(10), now.AddMilliseconds(11), now.AddMilliseconds(15), now.AddMilliseconds(15), now.AddMilliseconds(40));
    }

    private List<Activity> Of(Activity click) => [.. _spans.Where(span => span.TraceId == click.TraceId)];

    private static Activity Named(IEnumerable<Activity> spans, string name) => spans.Single(span => span.OperationName == name);

    private static Fingerprint Id(string text) => Fingerprint.Of(EventType.Click, System.Text.Encoding.UTF8.GetBytes(text));
}

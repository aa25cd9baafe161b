using ClickFuncs.Analytics;
using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Telemetry.Tracing;
using ClickFuncs.Verdicts;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Freshness;

/// <summary>
/// Measures the time from a click to its row: appends a click that nobody is billed for to the log, and asks the analytics store, as
/// queries do, until it shows it. One probe at a time. A probe's event time is the watermark of its partition, so it never moves
/// stream time: no event becomes late by it, and none grows old.
/// </summary>
/// <param name="log">Takes the probes.</param>
/// <param name="reader">The same log; says how far partitions are.</param>
/// <param name="analytics">Is asked.</param>
/// <param name="watermarkMs">The watermark of a partition, milliseconds since the Unix epoch; <see cref="long.MinValue"/> before its first event.</param>
/// <param name="options">How often.</param>
/// <param name="time">The clock it measures with.</param>
/// <param name="traces">Probes are traced while anything is.</param>
/// <param name="logger">Where it logs.</param>
public sealed partial class FreshnessProbe(
    IClickLog log, ILogReader reader, IAnalyticsStore analytics, Func<int, long> watermarkMs, FreshnessOptions options, TimeProvider time,
    ClickTraces traces, ILogger<FreshnessProbe> logger)
{
    // Probes tell each other apart by the creative; the names come round, so that their number is bounded.
    private const int Slots = 3600;
    private const string Visible = "visible";

    private readonly ProbePlaces _places = new(reader.PartitionCount);
    private readonly byte[] _record = new byte[512];
    private int _slot;

    // Timestamp since which something should have become visible; 0 while nothing is out.
    private long _outSince;
    private volatile FreshnessReading? _last;

    /// <summary>What is known now; null before the first probe was sent.</summary>
    public FreshnessReading? Current
    {
        get
        {
            var (last, since) = (_last, Volatile.Read(ref _outSince));
            if (since == 0)
                return last;
            var waiting = time.GetElapsedTime(since);
            return last is null || waiting > last.Freshness ? new FreshnessReading(waiting, time.GetUtcNow(), IsOut: true) : last with { IsOut = true };
        }
    }

    /// <summary>Probes until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Interval, time);
        try
        {
            do
            {
                await ProbeAsync(cancellationToken);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>Sends one probe, if there is traffic to go with, and waits until it is visible or given up.</summary>
    /// <returns>Whether one was sent and became visible.</returns>
    public async Task<bool> ProbeAsync(CancellationToken cancellationToken)
    {
        if (_places.Choose(Next) is not { } partition)
            return false;
        var eventTimeMs = watermarkMs(partition);
        if (eventTimeMs < EventLimits.MinEventTimeMs)
            return false;
        if (_outSince == 0)
            Volatile.Write(ref _outSince, time.GetTimestamp());
        _slot = (_slot + 1) % Slots;
        var outcome = await ProbeAsync(partition, eventTimeMs, cancellationToken);
        FreshnessInstruments.Probes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        var took = time.GetElapsedTime(_outSince);
        if (outcome != Visible)
        {
            // The time goes on until one comes through, which is what the alert is about; with or without more traffic.
            _places.Forget(partition);
            LogNotVisible(partition, took, outcome);
            return false;
        }

        _last = new FreshnessReading(took, time.GetUtcNow(), IsOut: false);
        Volatile.Write(ref _outSince, 0);
        FreshnessInstruments.ProbeDuration.Record(took.TotalSeconds);
        return true;
    }

    private async Task<string> ProbeAsync(int partition, long eventTimeMs, CancellationToken cancellationToken)
    {
        var query = Query(eventTimeMs, ProbeIdentity.SlotText(_slot));
        if (await CountAsync(query, cancellationToken) is not { } before)
            return "unanswered";
        try
        {
            await SendAsync(partition, eventTimeMs, cancellationToken);
        }
        catch (LogException failure)
        {
            LogRefused(failure, partition);
            return "refused";
        }

        using var look = new PeriodicTimer(options.LookInterval, time);
        var sent = time.GetTimestamp();
        while (await CountAsync(query, cancellationToken) is not { } count || count <= before)
        {
            if (time.GetElapsedTime(sent) >= options.GiveUpAfter)
                return "given_up";
            await look.WaitForNextTickAsync(cancellationToken);
        }

        return Visible;
    }

    private async Task SendAsync(int partition, long eventTimeMs, CancellationToken cancellationToken)
    {
        var id = ProbeIds.Make(partition, log.PartitionCount, out var fingerprint);
        var trace = traces.BeginProbe();
        try
        {
            var position = await AppendAsync(id, fingerprint, eventTimeMs, cancellationToken);
            _places.Note(partition, Next(partition));
            if (trace != null)
                traces.Follow(trace, position);
        }
        finally
        {
            traces.End(trace);
        }
    }

    private ValueTask<LogPosition> AppendAsync(byte[] id, Fingerprint fingerprint, long eventTimeMs, CancellationToken cancellationToken)
    {
        var view = new EventView
        {
            ClickId = id,
            EventTimeMs = eventTimeMs,
            Type = EventType.Click,
            AdvertiserId = ProbeIdentity.Utf8Id,
            CampaignId = ProbeIdentity.Utf8Id,
            AdId = ProbeIdentity.Utf8Id,
            CreativeId = ProbeIdentity.Slot(_slot),
            Verdict = Verdict.Valid,
        };
        return log.AppendAsync(fingerprint, _record.AsSpan(0, EventEncoder.Encode(view, _record)), cancellationToken);
    }

    // A store that does not answer shows nothing, which is what is measured.
    private async Task<long?> CountAsync(AnalyticsQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return (await analytics.QueryAsync(query, cancellationToken)).Points.Sum(point => point.Metrics.RawClicks);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogNoAnswer(failure);
            return null;
        }
    }

    private long Next(int partition) => reader.GetRange(partition).Next;

    private static AnalyticsQuery Query(long eventTimeMs, string slot)
    {
        var minute = Granularities.Floor(eventTimeMs, Granularities.MinuteMs);
        return new AnalyticsQuery
        {
            AdvertiserId = ProbeIdentity.Id,
            FromMs = minute,
            ToMs = minute + Granularities.MinuteMs,
            Granularity = Granularity.Minute,
            Filters = new Dictionary<Dimension, IReadOnlyList<string>> { [Dimension.Creative] = [slot] },
            Accuracy = Accuracy.Live,
        };
    }

    [LoggerMessage(8201, LogLevel.Warning, "No click has become visible for {Waited}: the probe on partition {Partition} was {Outcome}; another one follows.")]
    private partial void LogNotVisible(int partition, TimeSpan waited, string outcome);

    [LoggerMessage(8202, LogLevel.Debug, "The analytics store did not answer a probe.")]
    private partial void LogNoAnswer(Exception failure);

    [LoggerMessage(8203, LogLevel.Warning, "The log did not take a probe click for partition {Partition}.")]
    private partial void LogRefused(Exception failure, int partition);
}

using System.Buffers;
using System.Diagnostics;
using ClickFuncs.Log;
using ClickFuncs.State;
using ClickFuncs.Telemetry;
using ClickFuncs.Telemetry.Tracing;
using ClickFuncs.Velocity;

namespace ClickFuncs.Processing;

/// <summary>
/// One ownership of one partition, from acquisition to the first failure: takes batches, commits what they change, then
/// publishes it. Commit comes before publish, always; what is committed but not known to be published is the outbox, and
/// opening a session publishes it first. After any exception the session is over: open a new one, which starts from what
/// is committed. Not thread-safe.
/// </summary>
/// <remarks>Publishing runs beside the processing of the next batch: two units alternate.</remarks>
public sealed class PartitionSession
{
    private readonly ILogReader _log;
    private readonly IPartitionStateStore _state;
    private readonly IRowPublisher _publisher;
    private readonly StreamOptions _options;
    private readonly TimeProvider _time;
    private readonly PartitionLease _lease;
    private readonly PartitionProcessor _processor;
    private readonly RecordBatch _readBatch = new();
    private readonly KeyValuePair<string, object?> _tag;
    private readonly ClickTraces _traces;
    private CommitUnit _next = new();
    private CommitUnit _inFlight;
    private Task _publishing = Task.CompletedTask;
    private long _inFlightPosition;
    private long _published;
    private long _markedPublished;
    private long _deltaBytes;
    private long _snapshotBytes;

    private PartitionSession(
        PartitionLease lease, PartitionProcessor processor, PartitionHead head, CommitUnit outbox, ILogReader log,
        IPartitionStateStore state, IRowPublisher publisher, StreamOptions options, TimeProvider time, ClickTraces traces)
    {
        _traces = traces;
        (_lease, _processor, _log, _state, _publisher, _options, _time) = (lease, processor, log, state, publisher, options, time);
        _inFlight = outbox;
        _inFlightPosition = _published = _markedPublished = head.PublishedPosition;
        _tag = new KeyValuePair<string, object?>("partition", lease.Partition);
        Status = new PartitionStatus(lease.Partition, head.Position, _published, head.WatermarkMs, head.CommittedAtMs, head.Counters);
    }

    /// <summary>Where the partition stands. Safe to read from any thread.</summary>
    public PartitionStatus Status { get; private set; }

    /// <summary>Takes the partition over, rebuilds its memory and starts publishing the outbox.</summary>
    /// <exception cref="StaleOwnerException">Somebody else took it over at the same time.</exception>
    /// <exception cref="StateCorruptException">The stored state can't be trusted.</exception>
    /// <exception cref="LogGapException">The state is ahead of the log: the log has lost acknowledged records.</exception>
    public static async Task<PartitionSession> OpenAsync(
        int partition, string owner, ILogReader log, IPartitionStateStore state, IRowPublisher publisher,
        ProcessorOptions processorOptions, StreamOptions options, TimeProvider time, CancellationToken cancellationToken,
        SignalCollector? signals = null, ClickTraces? traces = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(state);
        var lease = await state.AcquireAsync(partition, owner, cancellationToken);
        var recovery = await state.RecoverAsync(lease, cancellationToken);
        var range = log.GetRange(partition);
        if (recovery.Head.Position >= range.Next)
            throw new LogGapException(
                $"Partition {partition}: the state has counted up to {recovery.Head.Position}, but the log ends at {range.Next - 1}. "
                + "The log has lost records; restore it before going on.");

        var outbox = new CommitUnit();
        var processor = PartitionProcessor.Restore(recovery, processorOptions, outbox, signals);
        var session = new PartitionSession(lease, processor, recovery.Head, outbox, log, state, publisher, options, time, traces ?? ClickTraces.Off)
        {
            _deltaBytes = recovery.Deltas.Sum(d => (long)d.Delta.Length),
            _snapshotBytes = recovery.Snapshot.Length,
        };
        if (recovery.Head.Position > recovery.Head.PublishedPosition)
            session.StartPublishing(outbox, recovery.Head.Position, cancellationToken);
        return session;
    }

    /// <summary>Reads the next batch from the log and processes it.</summary>
    /// <returns>Number of records read; 0 when there are none yet.</returns>
    public async Task<int> StepAsync(CancellationToken cancellationToken)
    {
        await _log.ReadAsync(_lease.Partition, _processor.Position + 1, _options.MaxBatchBytes, _readBatch, cancellationToken);
        if (_readBatch.Count > 0)
            await ProcessAsync(_readBatch, cancellationToken);
        return _readBatch.Count;
    }

    /// <summary>
    /// Processes a batch that something else delivered. Records already counted are skipped; records missing before it are
    /// read from the log first.
    /// </summary>
    /// <exception cref="LogGapException">The missing records are not on the log any more. Nothing is skipped.</exception>
    public async Task DeliverAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Count == 0)
            return;
        while (batch.Entries[0].Sequence > _processor.Position + 1)
        {
            if (await StepAsync(cancellationToken) == 0)
                throw new LogGapException(
                    $"Partition {_lease.Partition}: got record {batch.Entries[0].Sequence}, but the log has none after {_processor.Position}.");
        }

        await ProcessAsync(batch, cancellationToken);
    }

    /// <summary>Waits until everything committed is published, and notes so.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await AwaitPublishedAsync();
        await NotePublishedAsync(cancellationToken);
    }

    private async Task ProcessAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        var unit = _next;
        var isTraced = _traces.IsOn;
        var read = isTraced ? _time.GetUtcNow() : default;
        _processor.Process(batch, unit);
        if (unit.IsEmpty)
            return;
        var counted = _time.GetUtcNow();
        var now = counted.ToUnixTimeMilliseconds();
        var commit = unit.ToCommit(now);
        var started = _time.GetTimestamp();
        await _state.CommitAsync(_lease, commit, cancellationToken);
        Instruments.CommitDuration.Record(_time.GetElapsedTime(started).TotalSeconds, _tag);
        _deltaBytes += commit.Delta.Length;
        Count(unit);
        Status = new PartitionStatus(_lease.Partition, commit.LastSequence, _published, commit.WatermarkMs, now, commit.Counters);

        var committed = isTraced ? _time.GetUtcNow() : default;

        // Only now may the rows be seen. The unit before this one is out of the way first, so versions go out in order.
        await SettleAsync(cancellationToken);
        (_next, _inFlight) = (_inFlight, unit);
        StartPublishing(unit, commit.LastSequence, cancellationToken);
        if (isTraced)
            _publishing = TraceAsync(_publishing, new BatchTimes(commit.FirstSequence, commit.LastSequence, read, counted, committed, _time.GetUtcNow(), default));
        if (_deltaBytes > Math.Max(_options.SnapshotBytes, _snapshotBytes))
            await TakeSnapshotAsync(cancellationToken);
    }

    private void StartPublishing(CommitUnit unit, long position, CancellationToken cancellationToken)
    {
        _inFlightPosition = position;
        _publishing = _publisher.PublishAsync(unit.Rows, cancellationToken);
    }

    private async Task TraceAsync(Task publishing, BatchTimes times)
    {
        await publishing;
        _traces.Published(_lease.Partition, times with { Published = _time.GetUtcNow() });
    }

    private async Task AwaitPublishedAsync()
    {
        await _publishing;
        if (_published == _inFlightPosition)
            return;
        _published = _inFlightPosition;
        Status = Status with { PublishedPosition = _published };
    }

    private async Task NotePublishedAsync(CancellationToken cancellationToken)
    {
        if (_markedPublished == _published)
            return;
        await _state.MarkPublishedAsync(_lease, _published, cancellationToken);
        _markedPublished = _published;
    }

    private async Task TakeSnapshotAsync(CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        var writer = new ArrayBufferWriter<byte>((int)Math.Clamp(_snapshotBytes * 5 / 4, 64 * 1024, Array.MaxLength));
        _processor.WriteSnapshot(writer);
        await _state.SaveSnapshotAsync(_lease, _processor.Position, writer.WrittenMemory, cancellationToken);
        (_deltaBytes, _snapshotBytes) = (0, writer.WrittenCount);
    }

    private void Count(CommitUnit unit)
    {
        var (before, after) = (unit.CountersBefore, unit.Counters);
        Add("accepted", after.Accepted - before.Accepted);
        Add("invalid", after.Invalid - before.Invalid);
        Add("duplicate", after.Duplicates - before.Duplicates);
        Add("late", after.LateDropped - before.LateDropped);
        Add("quarantined", after.Quarantined - before.Quarantined);
        Add("non_click", after.NonClicks - before.NonClicks);
    }

    private void Add(string outcome, long count)
    {
        if (count > 0)
            Instruments.ProcessorEvents.Add(count, new TagList { _tag, { "outcome", outcome } });
    }
}

using System.Buffers;
using System.Text;
using ClickFuncs.Dedup;
using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.State;
using ClickFuncs.Verdicts;
using ClickFuncs.Velocity;
using ClickFuncs.Windows;

namespace ClickFuncs.Processing;

/// <summary>
/// Counts the events of one partition: batch in, commit unit out, no I/O. What it decides depends only on the records and
/// their order, never on how they were cut into batches or on a clock. Its memory is a cache of what is committed: after
/// a failed commit throw it away and rebuild it with <see cref="Restore"/>. Not thread-safe.
/// </summary>
/// <remarks>
/// Works in chunks of 1,024 events in passes, so that the memory each event needs is on its way while others are handled:
/// decode all; then deduplicate and judge lateness, in order; then fetch the keys; then count.
/// </remarks>
public sealed partial class PartitionProcessor
{
    private const int ChunkSize = 1024;

    private readonly int _partition;
    private readonly long _outOfOrdernessMs;
    private readonly long _allowedLatenessMs;
    private readonly long _futureToleranceMs;
    private readonly DedupSet _dedup;
    private readonly OpenWindows _windows;
    private readonly SignalCollector? _signals;
    private readonly HotEvent[] _chunk = new HotEvent[ChunkSize];
    private readonly ArrayBufferWriter<byte> _scratchKeys = new(1024);
    private byte[] _reasonKey = new byte[256];
    private long _maxEventTimeMs = long.MinValue;
    private long _watermarkMs = long.MinValue;

    // Windows that end at or before this are closed for good. Kept apart from the watermark and stored, so that a longer
    // lateness after a restart can't reopen a window whose counts are gone from memory.
    private long _closedThroughMs = long.MinValue;
    private PartitionCounters _counters;

    /// <summary>An empty partition, before its first event.</summary>
    /// <param name="partition">Zero-based partition.</param>
    /// <param name="options">How it counts.</param>
    /// <param name="position">For a replay that begins within the log: the sequence number before the first one it is given. Of what is
    /// before it nothing is known: neither ids nor the watermark.</param>
    /// <param name="signals">Makes signals for velocity rules; null for none.</param>
    public PartitionProcessor(int partition, ProcessorOptions options, long position = -1, SignalCollector? signals = null)
    {
        _signals = signals;
        ArgumentNullException.ThrowIfNull(options);
        _partition = partition;
        _outOfOrdernessMs = (long)options.OutOfOrderness.TotalMilliseconds;
        _allowedLatenessMs = (long)options.AllowedLateness.TotalMilliseconds;
        _futureToleranceMs = (long)options.FutureTolerance.TotalMilliseconds;
        _dedup = new DedupSet(options.DedupHorizon);
        _windows = new OpenWindows(options.OutOfOrderness + options.AllowedLateness);
        Position = position;
    }

    /// <summary>Last sequence number processed; -1 before the first.</summary>
    public long Position { get; private set; }

    /// <summary>Watermark, milliseconds since the Unix epoch; <see cref="long.MinValue"/> before the first event.</summary>
    public long WatermarkMs => _watermarkMs;

    /// <summary>What happened to the events so far.</summary>
    public PartitionCounters Counters => _counters;

    /// <summary>Ids remembered and rows open; walks the memory: for reports.</summary>
    public (long Ids, long Rows, long DedupBytes) Size => (_dedup.Count, _windows.RowCount, _dedup.MemoryBytes);

    /// <summary>
    /// Processes the records after <see cref="Position"/>; those at or before it are skipped, so that redelivery is harmless.
    /// </summary>
    /// <param name="batch">Records in ascending order.</param>
    /// <param name="unit">Receives the result; empty when the batch held nothing new.</param>
    /// <exception cref="LogGapException">The batch starts past the next record, or has a hole. Nothing was processed: re-read from <c>Position + 1</c>.</exception>
    public void Process(RecordBatch batch, CommitUnit unit)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(unit);
        unit.Begin(_partition, Position + 1, _counters);
        var entries = batch.Entries;
        var start = 0;
        while (start < entries.Length && entries[start].Sequence <= Position)
            start++;
        if (start == entries.Length)
            return;
        RequireContiguous(entries[start..]);

        for (var from = start; from < entries.Length; from += ChunkSize)
        {
            var count = Math.Min(ChunkSize, entries.Length - from);
            Decode(batch, from, count);
            Decide(batch, from, count, unit);
            FetchKeys(count);
            Count(batch, count, unit);
        }

        Position = entries[^1].Sequence;
        foreach (var slice in _windows.Slices)
        {
            if (slice != null)
                Emit(slice, unit);
        }

        CloseWindows();
        unit.End(Position, _maxEventTimeMs, _closedThroughMs, _watermarkMs, _counters);
    }

    private void RequireContiguous(ReadOnlySpan<RecordEntry> entries)
    {
        var expected = Position + 1;
        foreach (ref readonly var entry in entries)
        {
            if (entry.Sequence != expected)
                throw new LogGapException(
                    $"Partition {_partition}: expected sequence number {expected}, got {entry.Sequence}. The records between must be read again.");
            expected++;
        }
    }

    private void Decode(RecordBatch batch, int from, int count)
    {
        _scratchKeys.ResetWrittenCount();
        var bytes = batch.Bytes;
        var entries = batch.Entries.Slice(from, count);
        var chunk = _chunk.AsSpan(0, count);
        for (var i = 0; i < entries.Length; i++)
        {
            ref var hot = ref chunk[i];
            var record = bytes.Slice(entries[i].Offset, entries[i].Length);
            if (!HotEventReader.TryRead(record, entries[i].Offset, ref hot))
                DecodeSlowly(record, ref hot);
            if (hot.Defect != EventDefect.None)
                continue;
            _dedup.Prefetch(hot.Id.Low);
            _windows.At(Minute(hot.EventTimeMs))?.Prefetch(hot.KeyHash);
        }
    }

    private void DecodeSlowly(ReadOnlySpan<byte> record, ref HotEvent hot)
    {
        hot = default;
        hot.Defect = EventDecoder.Decode(record, out var view);
        if (hot.Defect != EventDefect.None)
            return;
        hot.Type = view.Type;
        hot.Id = Fingerprint.Of(view.Type, view.ClickId);
        hot.EventTimeMs = view.EventTimeMs;
        hot.CostMicros = view.CostMicros;
        hot.Verdict = view.Verdict.Tier;
        hot.Reason = view.Verdict.Tier == VerdictTier.Invalid ? ReasonKey.Of(view.Verdict.Reasons) : ReasonKey.None;
        hot.IsOverBudget = view.OverBudget;
        var offset = _scratchKeys.WrittenCount;
        var length = EventEncoder.EncodeKey(view, _scratchKeys.GetSpan(EventEncoder.MaxLength(view)));
        _scratchKeys.Advance(length);
        hot.KeyOffset = ~offset;
        hot.KeyLength = (short)length;
        hot.KeyHash = KeyHash.Of(_scratchKeys.WrittenSpan[offset..]);
    }

    private void Decide(RecordBatch batch, int from, int count, CommitUnit unit)
    {
        var entries = batch.Entries.Slice(from, count);
        var chunk = _chunk.AsSpan(0, count);
        _counters.Read += count;
        for (var i = 0; i < entries.Length; i++)
        {
            ref var hot = ref chunk[i];
            hot.Action = HotAction.None;
            if (hot.Defect == EventDefect.None && hot.EventTimeMs > entries[i].ArrivalMs + _futureToleranceMs)
                hot.Defect = EventDefect.FutureEventTime;
            if (hot.Defect != EventDefect.None)
            {
                Quarantine(batch, from + i, hot, unit);
                continue;
            }

            if (hot.EventTimeMs > _maxEventTimeMs)
                AdvanceTo(hot.EventTimeMs);
            if (hot.Type == EventType.NonClick)
            {
                _counters.NonClicks++;
                continue;
            }

            var isClosed = WatermarkRule.WindowStart(hot.EventTimeMs) + WatermarkRule.WindowMs <= _closedThroughMs;
            if (!_dedup.TryAdd(hot.Id))
            {
                _counters.Duplicates++;
                if (hot.Type == EventType.Click && !isClosed)
                    Choose(ref hot, HotAction.CountRaw);
                continue;
            }

            unit.NewIds.Add(_dedup.ToEntry(hot.Id));
            if (isClosed)
            {
                LeaveOut(batch, from + i, hot, unit);
                continue;
            }

            if (hot.Reason != ReasonKey.None && hot.Type == EventType.Click)
                _counters.Invalid++;
            else
                _counters.Accepted++;
            if (_signals != null && hot.Type == EventType.Click)
                _signals.Collect(batch.GetRecord(from + i), hot.EventTimeMs, unit.Signals);
            Choose(ref hot, HotAction.Count);
        }
    }

    private void Choose(ref HotEvent hot, HotAction action)
    {
        hot.Action = action;
        var minute = Minute(hot.EventTimeMs);
        var slice = _windows.At(minute);
        hot.Candidate = slice != null && slice.Minute == minute ? slice.Candidate(hot.KeyHash) : -1;
    }

    private void FetchKeys(int count)
    {
        foreach (ref var hot in _chunk.AsSpan(0, count))
        {
            if (hot.Action != HotAction.None && hot.Candidate >= 0)
                _windows.At(Minute(hot.EventTimeMs))!.PrefetchKey(hot.Candidate);
        }
    }

    private void Count(RecordBatch batch, int count, CommitUnit unit)
    {
        var bytes = batch.Bytes;
        var scratch = _scratchKeys.WrittenSpan;
        foreach (ref var hot in _chunk.AsSpan(0, count))
        {
            if (hot.Action == HotAction.None)
                continue;
            var minute = Minute(hot.EventTimeMs);
            var slice = _windows.At(minute);
            if (slice == null || slice.Minute != minute)
            {
                slice = OpenWindow(slice, minute, unit);
                hot.Candidate = -1;
            }

            var key = hot.KeyOffset >= 0 ? bytes.Slice(hot.KeyOffset, hot.KeyLength) : scratch.Slice(~hot.KeyOffset, hot.KeyLength);
            if (hot.Reason != ReasonKey.None && hot.Type == EventType.Click)
                key = WithReason(key, ref hot);
            ref var metrics = ref slice.Touch(key, hot.KeyHash, hot.Candidate);
            switch (hot.Type)
            {
                case EventType.Click:
                    metrics.RawClicks++;
                    if (hot.Action == HotAction.Count)
                        CountClick(ref metrics, hot);

                    break;
                case EventType.Impression:
                    metrics.Impressions++;
                    break;
                case EventType.Conversion:
                    metrics.Conversions++;
                    break;
                default:
                    throw new InvalidOperationException($"An event of type {hot.Type} is not counted in windows.");
            }
        }
    }

    private void AdvanceTo(long eventTimeMs)
    {
        var before = _maxEventTimeMs;
        _maxEventTimeMs = eventTimeMs;
        _watermarkMs = WatermarkRule.After(eventTimeMs, _outOfOrdernessMs);
        _closedThroughMs = Math.Max(_closedThroughMs, WatermarkRule.ClosedThrough(_watermarkMs, _allowedLatenessMs));
        if (before == long.MinValue || Minute(before) != Minute(eventTimeMs))
            _dedup.Advance(Minute(eventTimeMs));
    }

    /// <summary>The key of an invalid click: the event's own, and why. Few clicks are, so theirs is found anew.</summary>
    private ReadOnlySpan<byte> WithReason(ReadOnlySpan<byte> key, ref HotEvent hot)
    {
        var suffix = ReasonKey.SuffixOf(hot.Reason);
        if (_reasonKey.Length < key.Length + suffix.Length)
            _reasonKey = new byte[key.Length + ReasonKey.MaxLength];
        key.CopyTo(_reasonKey);
        suffix.CopyTo(_reasonKey.AsSpan(key.Length));
        var whole = _reasonKey.AsSpan(0, key.Length + suffix.Length);
        (hot.KeyHash, hot.Candidate) = (KeyHash.Of(whole), -1);
        return whole;
    }

    /// <summary>A unique click: invalid first, whatever the budget; only what is neither is billed.</summary>
    private static void CountClick(ref WindowMetrics metrics, in HotEvent hot)
    {
        if (hot.Verdict == VerdictTier.Invalid)
        {
            metrics.InvalidClicks++;
        }
        else if (hot.IsOverBudget)
        {
            metrics.OverBudgetClicks++;
        }
        else
        {
            metrics.Clicks++;
            metrics.SpendMicros = checked(metrics.SpendMicros + hot.CostMicros);
        }
    }

    /// <summary>Opens a window. Its place in the ring may still hold one that was closed within this batch.</summary>
    private WindowSlice OpenWindow(WindowSlice? occupant, long minute, CommitUnit unit)
    {
        while (occupant != null)
        {
            if (IsClosed(occupant))
            {
                Emit(occupant, unit);
                _windows.Close(occupant);
                break;
            }

            _windows.Grow();
            occupant = _windows.At(minute);
        }

        return _windows.Open(minute);
    }

    private bool IsClosed(WindowSlice slice) => (slice.Minute + 1) * WatermarkRule.WindowMs <= _closedThroughMs;

    private void CloseWindows()
    {
        foreach (var slice in _windows.Slices)
        {
            if (slice != null && IsClosed(slice))
                _windows.Close(slice);
        }
    }

    private static void Emit(WindowSlice slice, CommitUnit unit)
    {
        if (slice.Changed.IsEmpty)
            return;
        StateCodec.WriteSection(unit.Sections, slice, slice.CommittedCount, slice.Changed, unit.Rows);
        unit.SectionCount++;
        slice.MarkCommitted();
        unit.AddSpend(slice);
    }

    private void LeaveOut(RecordBatch batch, int index, in HotEvent hot, CommitUnit unit)
    {
        _counters.LateDropped++;
        var entry = batch.Entries[index];
        unit.AddSideOutput(new SideOutput(
            SideOutputKind.Late, entry.Sequence, "late", hot.EventTimeMs, entry.ArrivalMs, batch.GetRecord(index).ToArray()));
    }

    private void Quarantine(RecordBatch batch, int index, in HotEvent hot, CommitUnit unit)
    {
        _counters.Quarantined++;
        var entry = batch.Entries[index];
        unit.AddSideOutput(new SideOutput(
            SideOutputKind.Quarantine, entry.Sequence, Reason(hot.Defect, batch.GetRecord(index)), hot.EventTimeMs, entry.ArrivalMs, batch.GetRecord(index).ToArray()));
    }

    /// <summary>The code of the defect; for input rejected where it came in, the reason that is in the record.</summary>
    private static string Reason(EventDefect defect, ReadOnlySpan<byte> record)
    {
        if (defect != EventDefect.RejectedInput)
            return defect.Code();
        EventDecoder.Decode(record, out var view);
        return view.RejectedReason.IsEmpty || view.RejectedReason.Length > EventLimits.MaxIdBytes || !Ascii.IsValid(view.RejectedReason)
            ? defect.Code()
            : Encoding.ASCII.GetString(view.RejectedReason);
    }

    private static long Minute(long eventTimeMs) => eventTimeMs / WatermarkRule.WindowMs;
}

using System.Buffers;
using ClickFuncs.State;
using ClickFuncs.Velocity;
using ClickFuncs.Windows;

namespace ClickFuncs.Processing;

public sealed partial class PartitionProcessor
{
    /// <summary>
    /// Rebuilds a processor from what is committed, and collects the rows of commits that may not have been published: the outbox.
    /// </summary>
    /// <param name="recovery">Snapshot and deltas.</param>
    /// <param name="options">The options the state was made with, or others: they apply from here on.</param>
    /// <param name="outbox">Receives the rows to publish again, absolute, as of the position; empty when all is published.</param>
    /// <param name="signals">Makes signals for velocity rules; null for none.</param>
    /// <exception cref="StateCorruptException">The stored state can't be read or contradicts itself.</exception>
    public static PartitionProcessor Restore(PartitionRecovery recovery, ProcessorOptions options, CommitUnit outbox, SignalCollector? signals = null)
    {
        ArgumentNullException.ThrowIfNull(recovery);
        ArgumentNullException.ThrowIfNull(outbox);
        var head = recovery.Head;
        var processor = new PartitionProcessor(head.Partition, options, signals: signals);
        outbox.Begin(head.Partition, head.PublishedPosition + 1, default);
        if (!recovery.Snapshot.IsEmpty)
        {
            processor.Apply(recovery.Snapshot.Span);
            processor.Position = head.SnapshotPosition;
            processor.MarkAllCommitted();
        }

        foreach (var delta in recovery.Deltas)
        {
            if (delta.FirstSequence != processor.Position + 1)
                throw new StateCorruptException(
                    $"Partition {head.Partition}: the delta of {delta.FirstSequence}..{delta.LastSequence} does not follow position {processor.Position}.");
            var sent = processor.Apply(delta.Delta.Span);
            processor.Position = delta.LastSequence;
            // Each under its own version: the reader may have some of them.
            if (delta.LastSequence > head.PublishedPosition && !sent.IsEmpty)
                outbox.Rows.Signals.Add(new SignalMessage(head.Partition, delta.LastSequence, 0, sent.ToArray()));
            if (delta.LastSequence <= head.PublishedPosition)
                processor.MarkAllCommitted();
        }

        if (processor.Position != head.Position)
            throw new StateCorruptException(
                $"Partition {head.Partition}: the stored deltas end at {processor.Position}, the head says {head.Position}.");
        foreach (var slice in processor._windows.Slices)
        {
            if (slice != null)
                Emit(slice, outbox);
        }

        processor.CloseWindows();
        outbox.End(
            processor.Position, processor._maxEventTimeMs, processor._closedThroughMs, processor._watermarkMs, processor._counters);
        return processor;
    }

    /// <summary>Writes the whole state as of <see cref="Position"/>.</summary>
    public void WriteSnapshot(IBufferWriter<byte> writer)
    {
        StateCodec.WriteHeader(writer, _maxEventTimeMs, _closedThroughMs, _counters);
        _dedup.Export(entries =>
        {
            if (!entries.IsEmpty)
                StateCodec.WriteIds(writer, entries);
        });
        StateCodec.WriteIds(writer, []);
        var open = 0;
        foreach (var slice in _windows.Slices)
            open += slice == null ? 0 : 1;
        StateCodec.WriteVarint(writer, (ulong)open);
        foreach (var slice in _windows.Slices)
        {
            if (slice != null)
                StateCodec.WriteSection(writer, slice, 0, [.. Enumerable.Range(0, slice.Count)], rows: null);
        }

        StateCodec.WriteSignals(writer, []);
    }

    private ReadOnlySpan<ClickSignal> Apply(ReadOnlySpan<byte> stored)
    {
        var reader = new StateReader(stored);
        reader.ReadHeader(out var maxEventTimeMs, out var closedThroughMs, out _counters);
        if (maxEventTimeMs > _maxEventTimeMs)
            AdvanceTo(maxEventTimeMs);
        _closedThroughMs = Math.Max(_closedThroughMs, closedThroughMs);
        for (var ids = reader.ReadIds(); !ids.IsEmpty; ids = reader.ReadIds())
            _dedup.Restore(ids);

        for (var sections = reader.ReadInt32(); sections > 0; sections--)
            ApplySection(ref reader);
        var signals = reader.ReadSignals();
        reader.ExpectEnd();
        return signals;
    }

    private void ApplySection(ref StateReader reader)
    {
        var minute = reader.ReadInt64();
        var known = reader.ReadInt32();
        var cells = reader.ReadInt32();
        var slice = FindOrOpen(minute);
        if (slice.Count != known)
            throw new StateCorruptException(
                $"Partition {_partition}: a delta expects {known} rows in minute {minute}, the state before it has {slice.Count}.");
        for (; cells > 0; cells--)
        {
            var number = reader.ReadInt32();
            if (number > slice.Count)
                throw new StateCorruptException($"Partition {_partition}: row {number} of minute {minute} comes before row {slice.Count}.");
            if (number == slice.Count)
            {
                var key = reader.ReadKey();
                if (slice.FindOrAdd(key, KeyHash.Of(key)) != number)
                    throw new StateCorruptException($"Partition {_partition}: row {number} of minute {minute} repeats a key.");
            }

            slice.TouchCell(number) = reader.ReadMetrics();
        }
    }

    /// <summary>While restoring no window is closed, whatever the options say by now: a later delta may still build on it.</summary>
    private WindowSlice FindOrOpen(long minute)
    {
        var slice = _windows.At(minute);
        while (slice != null && slice.Minute != minute)
        {
            _windows.Grow();
            slice = _windows.At(minute);
        }

        return slice ?? _windows.Open(minute);
    }

    private void MarkAllCommitted()
    {
        foreach (var slice in _windows.Slices)
        {
            slice?.MarkCommitted();
            slice?.Spend.ForgetChanges();
        }
    }
}

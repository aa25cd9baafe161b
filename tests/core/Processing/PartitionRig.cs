using System.Buffers;
using ClickFuncs.Log;
using ClickFuncs.Processing;
using ClickFuncs.State;
using ClickFuncs.Testing.Events;
using ClickFuncs.Windows;

namespace ClickFuncs.Core.Tests.Processing;

/// <summary>One partition with a log, a state and a sink in lists, so that a test can cut batches and crash where it likes.</summary>
internal sealed class PartitionRig
{
    private readonly ProcessorOptions _options;
    private readonly List<(long ArrivalMs, byte[] Record)> _log = [];
    private readonly List<StoredDelta> _deltas = [];
    private PartitionHead _head = new() { Partition = 3 };
    private byte[] _snapshot = [];
    private PartitionProcessor _processor;

    public PartitionRig(ProcessorOptions options)
    {
        _options = options;
        _processor = new PartitionProcessor(3, options);
    }

    /// <summary>What the sink holds: per window and key, the highest version.</summary>
    public Dictionary<(long WindowStartMs, DimensionKey Key), (long Version, WindowMetrics Metrics)> Sink { get; } = [];

    public List<SideOutput> SideOutputs { get; } = [];

    public PartitionCounters Counters => _head.Counters;

    public long Position => _head.Position;

    public int LogLength => _log.Count;

    public PartitionProcessor Processor => _processor;

    public void Append(TestEvent e) => _log.Add((e.TimeMs + e.ArrivalDelayMs, e.Encode()));

    /// <summary>Reads a batch that starts up to <paramref name="overlap"/> records before the position, as redelivery does.</summary>
    public RecordBatch Read(int count, int overlap = 0)
    {
        var batch = new RecordBatch();
        var first = Math.Max(0, (int)_head.Position + 1 - overlap);
        for (var i = first; i < Math.Min(_log.Count, (int)_head.Position + 1 + count); i++)
            batch.Add(i, _log[i].ArrivalMs, _log[i].Record);
        return batch;
    }

    public CommitUnit Process(RecordBatch batch)
    {
        var unit = new CommitUnit();
        _processor.Process(batch, unit);
        return unit;
    }

    public void Commit(CommitUnit unit)
    {
        if (unit.IsEmpty)
            return;
        var commit = unit.ToCommit(0);
        Assert.Equal(_head.Position + 1, commit.FirstSequence);
        _deltas.Add(new StoredDelta(commit.FirstSequence, commit.LastSequence, commit.Delta.ToArray()));
        SideOutputs.AddRange(commit.SideOutputs);
        _head = _head with { Position = commit.LastSequence, WatermarkMs = commit.WatermarkMs, Counters = commit.Counters };
    }

    public void Publish(CommitUnit unit)
    {
        var seen = new HashSet<(long, DimensionKey)>();
        foreach (var row in unit.Rows.Rows)
        {
            var key = (row.WindowStartMs, DimensionKey.Parse(unit.Rows.GetKey(row)));
            Assert.True(seen.Add(key), $"Two rows for {key} in one set.");
            if (!Sink.TryGetValue(key, out var known) || unit.Rows.Version >= known.Version)
                Sink[key] = (unit.Rows.Version, row.Metrics);
        }
    }

    public void MarkPublished() => _head = _head with { PublishedPosition = _head.Position };

    public void Snapshot()
    {
        if (_head.PublishedPosition != _head.Position)
            return;
        var writer = new ArrayBufferWriter<byte>();
        _processor.WriteSnapshot(writer);
        _snapshot = writer.WrittenSpan.ToArray();
        _deltas.Clear();
        _head = _head with { SnapshotPosition = _head.Position };
    }

    /// <summary>Loses the memory, rebuilds it from what is committed and publishes the outbox.</summary>
    public void CrashAndRecover(ProcessorOptions? options = null)
    {
        var outbox = new CommitUnit();
        _processor = PartitionProcessor.Restore(new PartitionRecovery(_head, _snapshot, [.. _deltas]), options ?? _options, outbox);
        Publish(outbox);
        MarkPublished();
    }

    /// <summary>Processes, commits and publishes everything in batches of <paramref name="size"/>.</summary>
    public void RunToEnd(int size = 100)
    {
        while (Position + 1 < LogLength)
        {
            var unit = Process(Read(size));
            Commit(unit);
            Publish(unit);
            MarkPublished();
        }
    }
}

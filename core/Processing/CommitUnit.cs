using System.Buffers;
using System.Runtime.InteropServices;
using ClickFuncs.Dedup;
using ClickFuncs.State;
using ClickFuncs.Velocity;
using ClickFuncs.Windows;

namespace ClickFuncs.Processing;

/// <summary>
/// What processing one batch produced: the commit for the state store and the rows to publish once it is committed.
/// Reused from batch to batch.
/// </summary>
public sealed class CommitUnit
{
    private readonly ArrayBufferWriter<byte> _delta = new(64 * 1024);
    private readonly List<SideOutput> _sideOutputs = [];
    private readonly SpendCollector _spend = new();

    /// <summary>The rows that changed, absolute, with the last sequence number as version.</summary>
    public WindowRowSet Rows { get; } = new();

    /// <summary>First sequence number covered.</summary>
    public long FirstSequence { get; private set; }

    /// <summary>Last sequence number covered; <c>FirstSequence - 1</c> when the batch held nothing new.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Whether there is nothing to commit.</summary>
    public bool IsEmpty => LastSequence < FirstSequence;

    /// <summary>Counters before the batch; with those of the commit, what this batch did.</summary>
    public PartitionCounters CountersBefore { get; private set; }

    /// <summary>Counters after the batch.</summary>
    public PartitionCounters Counters { get; private set; }

    /// <summary>Watermark after the batch, milliseconds since the Unix epoch.</summary>
    public long WatermarkMs => Rows.WatermarkMs;

    /// <summary>Late and quarantined events of the batch.</summary>
    public IReadOnlyList<SideOutput> SideOutputs => _sideOutputs;

    internal ArrayBufferWriter<ClickSignal> Signals { get; } = new();

    internal ArrayBufferWriter<byte> Sections { get; } = new(64 * 1024);

    internal int SectionCount { get; set; }

    internal List<DedupEntry> NewIds { get; } = [];

    /// <summary>The commit for the state store. It borrows this unit's memory.</summary>
    /// <param name="committedAtMs">Time of the commit, milliseconds since the Unix epoch.</param>
    public PartitionCommit ToCommit(long committedAtMs) => new()
    {
        FirstSequence = FirstSequence,
        LastSequence = LastSequence,
        WatermarkMs = WatermarkMs,
        CommittedAtMs = committedAtMs,
        Counters = Counters,
        Delta = _delta.WrittenMemory,
        SideOutputs = _sideOutputs,
    };

    internal void Begin(int partition, long firstSequence, in PartitionCounters before)
    {
        Rows.Clear();
        Rows.Partition = partition;
        _sideOutputs.Clear();
        Sections.ResetWrittenCount();
        SectionCount = 0;
        NewIds.Clear();
        Signals.ResetWrittenCount();
        _delta.ResetWrittenCount();
        (FirstSequence, LastSequence) = (firstSequence, firstSequence - 1);
        CountersBefore = before;
        Counters = before;
    }

    internal void AddSpend(WindowSlice slice) => _spend.Collect(slice, Rows.Partition, Rows.Spend);

    internal void AddSideOutput(SideOutput output) => _sideOutputs.Add(output);

    internal void End(long lastSequence, long maxEventTimeMs, long closedThroughMs, long watermarkMs, in PartitionCounters counters)
    {
        LastSequence = lastSequence;
        Counters = counters;
        Rows.Version = lastSequence;
        Rows.WatermarkMs = watermarkMs;
        Rows.ClosedThroughMs = closedThroughMs;
        StateCodec.WriteHeader(_delta, maxEventTimeMs, closedThroughMs, counters);
        if (NewIds.Count > 0)
            StateCodec.WriteIds(_delta, CollectionsMarshal.AsSpan(NewIds));
        StateCodec.WriteIds(_delta, []);
        StateCodec.WriteVarint(_delta, (ulong)SectionCount);
        _delta.Write(Sections.WrittenSpan);
        StateCodec.WriteSignals(_delta, Signals.WrittenSpan);
        if (Signals.WrittenCount > 0)
            Rows.Signals.Add(new SignalMessage(Rows.Partition, lastSequence, 0, Signals.WrittenMemory));
    }
}

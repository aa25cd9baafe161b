using System.Text;
using ClickFuncs.State;

namespace ClickFuncs.Testing.State;

/// <summary>Commit units whose content says which they are.</summary>
public static class StateSamples
{
    /// <summary>A commit unit of a range; counters, watermark and time follow from it.</summary>
    public static PartitionCommit Commit(long first, long last, string delta = "", params SideOutput[] sideOutputs) =>
        Commit(first, last, Encoding.UTF8.GetBytes(delta), sideOutputs);

    /// <summary>The same with bytes.</summary>
    public static PartitionCommit Commit(long first, long last, ReadOnlyMemory<byte> delta, params SideOutput[] sideOutputs) => new()
    {
        FirstSequence = first,
        LastSequence = last,
        WatermarkMs = 1_000 + last,
        CommittedAtMs = 2_000 + last,
        Counters = Counters(last),
        Delta = delta,
        SideOutputs = sideOutputs,
    };

    /// <summary>Counters after a position, each field different from the others.</summary>
    public static PartitionCounters Counters(long last) => new()
    {
        Read = last + 1,
        Accepted = last + 2,
        Duplicates = last + 3,
        LateDropped = last + 4,
        Quarantined = last + 5,
        NonClicks = last + 6,
        Invalid = last + 7,
    };

    /// <summary>A side output whose record says which it is.</summary>
    public static SideOutput SideOutput(SideOutputKind kind, long sequence) =>
        new(kind, sequence, "reason_" + sequence, 10 + sequence, 20 + sequence, Encoding.UTF8.GetBytes($"{kind} {sequence}"));

    /// <summary>The bytes of a delta, snapshot or record as text.</summary>
    public static string Text(this ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}

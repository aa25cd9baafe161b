using ClickFuncs.Events;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Processing;

/// <summary>What counting needs of an event, decoded ahead of use so that memory can be fetched for many at once.</summary>
internal struct HotEvent
{
    public Fingerprint Id;
    public long EventTimeMs;
    public long CostMicros;
    public ulong KeyHash;

    /// <summary>Where the encoded dimension key starts: in the record batch, or in the scratch buffer when negative (as its complement).</summary>
    public int KeyOffset;
    public short KeyLength;

    /// <summary>The cell that most likely counts it; -1 when none was found.</summary>
    public int Candidate;
    public EventType Type;
    public EventDefect Defect;

    /// <summary>How the event was judged where it came in.</summary>
    public VerdictTier Verdict;

    /// <summary>Of an invalid click, which <see cref="ReasonKey"/> it is counted under.</summary>
    public byte Reason;

    /// <summary>Whether it came over budget.</summary>
    public bool IsOverBudget;

    /// <summary>What the counting pass is to do with it.</summary>
    public HotAction Action;
}

/// <summary>What deduplication and lateness decided.</summary>
internal enum HotAction : byte
{
    /// <summary>Nothing to count in a window.</summary>
    None,

    /// <summary>Unique and in time.</summary>
    Count,

    /// <summary>A repeated click whose window is open: shows in the raw clicks only.</summary>
    CountRaw,
}

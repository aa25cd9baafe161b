namespace ClickFuncs.State;

/// <summary>The one document per partition that every commit replaces with compare-and-set.</summary>
public sealed record PartitionHead
{
    /// <summary>Zero-based partition.</summary>
    public required int Partition { get; init; }

    /// <summary>Fencing token of the present owner: raised by each acquisition; a commit with an older one fails.</summary>
    public long FencingToken { get; init; }

    /// <summary>Who acquired it last, for people.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Last sequence number whose effects are committed; -1 before the first.</summary>
    public long Position { get; init; } = -1;

    /// <summary>Last sequence number whose rows are known to be published; the outbox is what lies between it and <see cref="Position"/>.</summary>
    public long PublishedPosition { get; init; } = -1;

    /// <summary>Sequence number the newest snapshot covers; -1 without one.</summary>
    public long SnapshotPosition { get; init; } = -1;

    /// <summary>Watermark after <see cref="Position"/>, milliseconds since the Unix epoch; <see cref="long.MinValue"/> before the first event.</summary>
    public long WatermarkMs { get; init; } = long.MinValue;

    /// <summary>When the newest commit was made, milliseconds since the Unix epoch; 0 before the first.</summary>
    public long CommittedAtMs { get; init; }

    /// <summary>What happened to the events up to <see cref="Position"/>.</summary>
    public PartitionCounters Counters { get; init; }
}

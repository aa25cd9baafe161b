namespace ClickFuncs.State;

/// <summary>One commit unit: the log range it covers and everything that must become durable with it, or not at all.</summary>
public sealed record PartitionCommit
{
    /// <summary>First sequence number covered; must be the head's position + 1.</summary>
    public required long FirstSequence { get; init; }

    /// <summary>Last sequence number covered: the new position and the version of the rows.</summary>
    public required long LastSequence { get; init; }

    /// <summary>Watermark after it, milliseconds since the Unix epoch.</summary>
    public required long WatermarkMs { get; init; }

    /// <summary>When it was made, milliseconds since the Unix epoch, for people and freshness.</summary>
    public required long CommittedAtMs { get; init; }

    /// <summary>Counters after it.</summary>
    public required PartitionCounters Counters { get; init; }

    /// <summary>What changed in the state, in the processor's own encoding. Borrowed: read it before the commit call completes.</summary>
    public required ReadOnlyMemory<byte> Delta { get; init; }

    /// <summary>Late and quarantined events. Borrowed like <see cref="Delta"/>.</summary>
    public required IReadOnlyList<SideOutput> SideOutputs { get; init; }
}

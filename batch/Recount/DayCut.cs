using ClickFuncs.Batch.Judgement;

namespace ClickFuncs.Batch.Recount;

/// <summary>
/// What a close counts: fixed when it begins, so that whatever arrives meanwhile belongs to the next one, and whoever repeats a step counts
/// the same.
/// </summary>
public sealed record DayCut
{
    /// <summary>How far each partition is counted; a partition that is not named is not counted at all.</summary>
    public required IReadOnlyList<PartitionCut> Partitions { get; init; }

    /// <summary>The policy to explain the stream with.</summary>
    public CountingPolicy Policy { get; init; } = new();

    /// <summary>Valid events that the stream put aside nevertheless; usually none.</summary>
    public IReadOnlyList<RecordPosition> Quarantined { get; init; } = [];

    /// <summary>The rules that clicks are judged by again; null leaves them the verdict they came with.</summary>
    public JudgementRules? Rules { get; init; }

    /// <summary>Lake paths of the clicks that the velocity rules found, as <see cref="VelocityPass"/> made them with this cut.</summary>
    public IReadOnlyList<string> Flagged { get; init; } = [];
}

/// <summary>How far a partition is counted.</summary>
/// <param name="Partition">Partition of the log.</param>
/// <param name="LastSequence">Last sequence number that counts; -1 for none.</param>
/// <param name="PublishedSequence">Last sequence number whose rows the stream had published when its numbers were read; -1 for none.</param>
public sealed record PartitionCut(int Partition, long LastSequence, long PublishedSequence);

/// <summary>A record of the log.</summary>
/// <param name="Partition">Partition of the log.</param>
/// <param name="Sequence">Sequence number.</param>
public readonly record struct RecordPosition(int Partition, long Sequence);

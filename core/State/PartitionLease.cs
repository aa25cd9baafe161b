namespace ClickFuncs.State;

/// <summary>Ownership of a partition as of an acquisition. It does not expire: it ends when somebody else acquires.</summary>
/// <param name="Partition">Zero-based partition.</param>
/// <param name="FencingToken">Greater than every token given out for the partition before.</param>
public readonly record struct PartitionLease(int Partition, long FencingToken);

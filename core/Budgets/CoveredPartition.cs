namespace ClickFuncs.Budgets;

/// <summary>How far a partition of the log is in the spend.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Version">Last sequence number whose amounts are in it.</param>
/// <param name="SealedMs">Minutes that start before this time can't change any more, milliseconds since the Unix epoch.</param>
public readonly record struct CoveredPartition(int Partition, long Version, long SealedMs);

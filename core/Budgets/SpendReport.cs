namespace ClickFuncs.Budgets;

/// <summary>What one commit of one partition of the log says of campaigns' spend.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Version">Last sequence number that is covered once this report is taken in; -1 when another report of the commit follows.</param>
/// <param name="ClosedThroughMs">Minutes that end at or before this time can't change any more, milliseconds since the Unix epoch.</param>
/// <param name="Partials">The amounts that changed, absolute.</param>
public sealed record SpendReport(int Partition, long Version, long ClosedThroughMs, IReadOnlyList<SpendPartial> Partials);

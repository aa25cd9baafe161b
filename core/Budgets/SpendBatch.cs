namespace ClickFuncs.Budgets;

/// <summary>Reports that were read together.</summary>
/// <param name="Reports">The reports.</param>
/// <param name="ReadThrough">Position of the last one.</param>
/// <param name="IsLast">Whether there were none after them.</param>
public sealed record SpendBatch(IReadOnlyCollection<SpendReport> Reports, long ReadThrough, bool IsLast);

namespace ClickFuncs.Budgets;

/// <summary>What is committed of campaigns' spend.</summary>
/// <param name="Token">The fencing token that the taking over gave.</param>
/// <param name="Covered">How far each partition is in it; a partition without any is absent.</param>
/// <param name="Partials">Minutes that can still change.</param>
/// <param name="Sealed">What can't.</param>
/// <param name="ReadThrough">Position of the last report that is in it; -1 for none.</param>
public sealed record SpendState(
    long Token, IReadOnlyList<CoveredPartition> Covered, IReadOnlyList<SpendPartial> Partials, IReadOnlyList<SealedSpend> Sealed,
    long ReadThrough = -1);

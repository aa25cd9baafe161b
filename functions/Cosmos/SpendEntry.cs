using ClickFuncs.Budgets;

namespace ClickFuncs.Functions.Cosmos;

/// <summary>A step of the spend as it is stored.</summary>
/// <param name="Covered">Partitions that got further.</param>
/// <param name="Partials">Minutes that changed.</param>
/// <param name="Sealed">Days whose sealed part grew.</param>
/// <param name="ReadThrough">Position of the last report in it; null when it is where it was.</param>
/// <param name="ForgetBefore">Days before this one are forgotten; null for none.</param>
/// <param name="Kept">Campaigns that had a budget at that time, of which nothing is forgotten.</param>
public sealed record SpendEntry(
    IReadOnlyList<CoveredPartition> Covered, IReadOnlyList<SpendPartial> Partials, IReadOnlyList<SealedSpend> Sealed, long? ReadThrough,
    int? ForgetBefore, IReadOnlyList<string>? Kept);

/// <summary>The spend as a snapshot has it.</summary>
/// <param name="Covered">How far each partition is in it.</param>
/// <param name="Partials">Minutes that can still change.</param>
/// <param name="Sealed">What can't.</param>
/// <param name="ReadThrough">Position of the last report in it.</param>
public sealed record SpendEntryState(
    IReadOnlyList<CoveredPartition> Covered, IReadOnlyList<SpendPartial> Partials, IReadOnlyList<SealedSpend> Sealed, long ReadThrough);

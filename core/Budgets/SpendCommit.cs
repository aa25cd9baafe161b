namespace ClickFuncs.Budgets;

/// <summary>
/// One step of the spend: amounts that changed, and how far partitions are in them now. Everything is absolute, so that committing it
/// again changes nothing. Minutes of a covered partition before its <see cref="CoveredPartition.SealedMs"/> leave the store; their
/// days are in <see cref="Sealed"/>.
/// </summary>
public sealed record SpendCommit
{
    /// <summary>Partitions that got further.</summary>
    public IReadOnlyList<CoveredPartition> Covered { get; init; } = [];

    /// <summary>Minutes that changed; each replaces what is stored of its campaign, currency, partition and minute.</summary>
    public IReadOnlyList<SpendPartial> Partials { get; init; } = [];

    /// <summary>Days whose sealed part grew.</summary>
    public IReadOnlyList<SealedSpend> Sealed { get; init; } = [];

    /// <summary>Position of the last report that is in it; null when it is where it was.</summary>
    public long? ReadThrough { get; init; }

    /// <summary>Days before this one are forgotten of campaigns without a budget; null for none.</summary>
    public int? ForgetBefore { get; init; }
}

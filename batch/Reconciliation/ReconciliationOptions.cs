using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Batch.Reconciliation;

/// <summary>When a difference between stream and recount becomes an alert.</summary>
public sealed record ReconciliationOptions
{
    /// <summary>Divergence above which the close raises an alert, in parts per million of the recount. Default 1,000 (0.1 %, R26).</summary>
    [Range(0, 1_000_000)]
    public int DriftAlertPpm { get; init; } = 1_000;

    /// <summary>Most unexplained rows that a report lists one by one; all of them are counted. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int ListedRows { get; init; } = 1_000;
}

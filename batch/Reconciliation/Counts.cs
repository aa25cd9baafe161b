namespace ClickFuncs.Batch.Reconciliation;

/// <summary>What is compared: events counted once, and their cost in millionths of the currency unit. May be negative where it is a difference.</summary>
/// <param name="Impressions">Ads shown.</param>
/// <param name="Clicks">Billed clicks.</param>
/// <param name="Conversions">Conversions after deduplication.</param>
/// <param name="SpendMicros">Cost of the billed clicks.</param>
/// <param name="InvalidClicks">Clicks judged invalid; 0 in reports of before they were counted.</param>
/// <param name="OverBudgetClicks">Clicks over budget; 0 in reports of before they were counted.</param>
public readonly record struct Counts(
    long Impressions, long Clicks, long Conversions, long SpendMicros, long InvalidClicks = 0, long OverBudgetClicks = 0)
{
    /// <summary>Whether all are zero.</summary>
    public bool IsZero => this == default;
}

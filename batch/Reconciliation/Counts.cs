namespace ClickFuncs.Batch.Reconciliation;

/// <summary>What is compared: events counted once, and their cost in millionths of the currency unit. May be negative where it is a difference.</summary>
/// <param name="Impressions">Ads shown.</param>
/// <param name="Clicks">Clicks after deduplication.</param>
/// <param name="Conversions">Conversions after deduplication.</param>
/// <param name="SpendMicros">Cost of the clicks.</param>
public readonly record struct Counts(long Impressions, long Clicks, long Conversions, long SpendMicros)
{
    /// <summary>Whether all are zero.</summary>
    public bool IsZero => this == default;
}

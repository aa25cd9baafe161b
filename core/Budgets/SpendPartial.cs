namespace ClickFuncs.Budgets;

/// <summary>
/// What one partition of the log has billed to one campaign in one minute so far: an absolute amount as of a version, so that
/// hearing it again, late or out of order changes nothing.
/// </summary>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Currency">ISO 4217 code of the amount.</param>
/// <param name="Partition">The partition that counted it.</param>
/// <param name="MinuteStartMs">Start of the minute in event time, milliseconds since the Unix epoch.</param>
/// <param name="Version">Last sequence number of the partition that the amount covers; a higher one replaces it.</param>
/// <param name="SpendMicros">The amount in millionths of the currency unit.</param>
public readonly record struct SpendPartial(
    string CampaignId, string Currency, int Partition, long MinuteStartMs, long Version, long SpendMicros)
{
    /// <summary>The UTC day of the minute, in days since the Unix epoch.</summary>
    public int Day => BudgetDay.Of(MinuteStartMs);
}

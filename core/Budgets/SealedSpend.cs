namespace ClickFuncs.Budgets;

/// <summary>The part of a day's spend that can't change any more.</summary>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Day">UTC day, see <see cref="BudgetDay"/>.</param>
/// <param name="Micros">The amount, absolute.</param>
public readonly record struct SealedSpend(string CampaignId, string Currency, int Day, long Micros);

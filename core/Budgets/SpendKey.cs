namespace ClickFuncs.Budgets;

/// <summary>Whose spend, in which currency. Amounts of two currencies are never added.</summary>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Currency">ISO 4217 code.</param>
public readonly record struct SpendKey(string CampaignId, string Currency);

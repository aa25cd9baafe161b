namespace ClickFuncs.Budgets;

/// <summary>A budget with the version of its last change.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Version">Rises with every change of any budget; never reused. What an ETag is made of.</param>
public sealed record StoredBudget(CampaignBudget Budget, long Version);

using ClickFuncs.Budgets;

namespace ClickFuncs.Functions.Cosmos;

/// <summary>A campaign's budget.</summary>
/// <param name="Id">See <see cref="CosmosBudgets"/>.</param>
/// <param name="Pk">Partition key.</param>
/// <param name="Budget">The budget.</param>
/// <param name="Version">Of its last change.</param>
public sealed record BudgetDocument(string Id, string Pk, CampaignBudget Budget, long Version);

/// <summary>The highest version of any budget; every write of one replaces it, so that writers come one after the other.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Pk">Partition key.</param>
/// <param name="Version">The version.</param>
public sealed record BudgetVersionDocument(string Id, string Pk, long Version);

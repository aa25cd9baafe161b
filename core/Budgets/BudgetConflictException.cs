namespace ClickFuncs.Budgets;

/// <summary>The budget is not the one the writer knew, or belongs to another advertiser. Nothing was written.</summary>
public sealed class BudgetConflictException(string message) : Exception(message);

namespace ClickFuncs.Budgets;

/// <summary>When a budget may be written over another; the same in every store. Pure.</summary>
public static class BudgetWriteRule
{
    /// <summary>Refuses a write that must not happen.</summary>
    /// <param name="budget">What is to be written.</param>
    /// <param name="stored">What is stored; null for nothing.</param>
    /// <param name="expectedVersion">The version the writer knows; 0: there must be none; null: whatever is there.</param>
    /// <exception cref="BudgetConflictException">It must not.</exception>
    public static void Require(CampaignBudget budget, StoredBudget? stored, long? expectedVersion)
    {
        ArgumentNullException.ThrowIfNull(budget);
        if (stored is not null && stored.Budget.AdvertiserId != budget.AdvertiserId)
            throw new BudgetConflictException($"Campaign '{budget.CampaignId}' has a budget of another advertiser than '{budget.AdvertiserId}'.");
        if (expectedVersion is { } expected && expected != (stored?.Version ?? 0))
            throw new BudgetConflictException(stored is null
                ? $"Campaign '{budget.CampaignId}' has no budget yet."
                : $"The budget of campaign '{budget.CampaignId}' was changed meanwhile: it is at version {stored.Version}. Read it again.");
    }
}

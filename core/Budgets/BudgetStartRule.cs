namespace ClickFuncs.Budgets;

/// <summary>
/// Where a budget may begin. Spend of campaigns without a budget is remembered for two days only, so a total that began earlier would be
/// too low: it is refused. Pure.
/// </summary>
public static class BudgetStartRule
{
    /// <summary>What is wrong with the first day, as sentences; empty when nothing is.</summary>
    /// <param name="budget">What is to be set.</param>
    /// <param name="before">What is set now; null for nothing.</param>
    /// <param name="today">The UTC day.</param>
    public static IReadOnlyList<string> Problems(CampaignBudget budget, CampaignBudget? before, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(budget);
        var known = today.AddDays(-1);
        var earliest = before is not null && before.Start < known ? before.Start : known;
        return budget.Start < earliest
            ? [$"The first day can't be before {earliest:yyyy-MM-dd}: what was spent before is not remembered."]
            : [];
    }
}

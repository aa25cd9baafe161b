namespace ClickFuncs.Budgets;

/// <summary>Port: the budgets, durable and versioned. Embedded: SQLite. Azure: Cosmos DB.</summary>
public interface IBudgetStore
{
    /// <summary>Sets a campaign's budget. Writing what is already there changes nothing.</summary>
    /// <param name="budget">The budget, whole.</param>
    /// <param name="expectedVersion">The version it replaces; 0: there must be none; null: whatever is there.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What is stored now.</returns>
    /// <exception cref="ArgumentException">The budget is invalid.</exception>
    /// <exception cref="BudgetConflictException">Another version is stored, or another advertiser's budget. Nothing was written.</exception>
    ValueTask<StoredBudget> PutAsync(CampaignBudget budget, long? expectedVersion, CancellationToken cancellationToken);

    /// <summary>A campaign's budget; null if it has none.</summary>
    ValueTask<StoredBudget?> FindAsync(string campaignId, CancellationToken cancellationToken);

    /// <summary>All budgets, by campaign id (ordinal).</summary>
    ValueTask<IReadOnlyList<StoredBudget>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The highest version; 0 without budgets. Cheap, meant to be asked several times a second.</summary>
    ValueTask<long> GetVersionAsync(CancellationToken cancellationToken);
}

using ClickFuncs.Budgets;
using ClickFuncs.Testing.Budgets;

namespace ClickFuncs.Core.Tests.Budgets;

public sealed class InMemoryBudgetStoreTests : BudgetStoreContract
{
    private readonly InMemoryBudgetStore _store = new();

    protected override IBudgetStore Budgets => _store;

    protected override ISpendStore Spend => _store;
}

using ClickFuncs.Budgets;
using ClickFuncs.Testing.Budgets;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>The stores of budgets, with what a world needs to know of them.</summary>
internal class SpendStore : ISpendStore
{
    /// <summary>What is behind it.</summary>
    public InMemoryBudgetStore Inner { get; } = new();

    /// <summary>Position of the last report that is committed.</summary>
    public long ReadThrough { get; private set; } = -1;

    /// <inheritdoc/>
    public ValueTask<SpendState> TakeOverAsync(CancellationToken cancellationToken) => Inner.TakeOverAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual async ValueTask CommitAsync(long token, SpendCommit commit, CancellationToken cancellationToken)
    {
        await Inner.CommitAsync(token, commit, cancellationToken);
        ReadThrough = commit.ReadThrough ?? ReadThrough;
    }
}

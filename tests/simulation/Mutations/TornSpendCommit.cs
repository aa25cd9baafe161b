using ClickFuncs.Budgets;
using ClickFuncs.Simulation.Tests.Scheduling;
using ClickFuncs.Simulation.Tests.World;

namespace ClickFuncs.Simulation.Tests.Mutations;

/// <summary>Where the spend stands in its log is committed before the amounts are, not with them: what fails in between is never read again.</summary>
internal sealed class TornSpendCommit : Mutation
{
    public override SpendStore NewSpendStore(SeededScheduler scheduler) => new Torn(scheduler);

    private sealed class Torn(SeededScheduler scheduler) : SpendStore
    {
        public override async ValueTask CommitAsync(long token, SpendCommit commit, CancellationToken cancellationToken)
        {
            await base.CommitAsync(token, new SpendCommit { ReadThrough = commit.ReadThrough }, cancellationToken);
            if (scheduler.OneIn(10))
                throw new IOException("The connection was reset.");
            await base.CommitAsync(token, commit, cancellationToken);
        }
    }
}

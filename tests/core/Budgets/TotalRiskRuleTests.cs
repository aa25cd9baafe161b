using ClickFuncs.Budgets;
using FsCheck;
using FsCheck.Fluent;

namespace ClickFuncs.Core.Tests.Budgets;

public sealed class TotalRiskRuleTests
{
    private const long AsOf = 1_000_000;

    [Fact]
    public void Apply_AnyCampaigns_KeepsTheRiskOfTheOpenOnesBelowTheCap() =>
        Prop.ForAll(Gen.ArrayOf(Gen.Choose(0, 1_000)).ToArbitrary(), Gen.Choose(0, 5_000).ToArbitrary(), Gen.Choose(1, 5_000).ToArbitrary(), (velocities, staleness, cap) =>
        {
            var decisions = velocities.Select(velocity => (Open(), (long)velocity)).ToArray();
            TotalRiskRule.Apply(decisions, AsOf, staleness, cap);
            var open = decisions.Where(each => each.Item1.IsOpen).ToList();
            var held = decisions.Where(each => !each.Item1.IsOpen).ToList();
            var sum = open.Sum(each => each.Item2);
            // The rest is within the cap, trust ends before it is reached, and nobody slow was held while somebody faster was not.
            return (sum == 0 || sum * staleness < cap * 1_000L)
                && open.TrueForAll(each => each.Item2 == 0 || (each.Item1.OpenUntilMs - AsOf) * sum <= cap * 1_000L)
                && held.TrueForAll(each => open.TrueForAll(other => other.Item2 <= each.Item2));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Apply_TooMuchAtRisk_HoldsTheFastestOnly()
    {
        (BudgetDecision Decision, long)[] decisions = [(Open(), 10), (Open(), 900), (Open(), 0)];

        TotalRiskRule.Apply(decisions, AsOf, 1_000, 100);

        Assert.Equal([BudgetState.Active, BudgetState.Held, BudgetState.Active], decisions.Select(each => each.Decision.State));
        Assert.Equal(BudgetReason.MoneyAtRisk, decisions[1].Decision.Reason);
    }

    private static BudgetDecision Open() => new(BudgetState.Active, BudgetReason.None, AsOf + 10_000, 1, 1, 1);
}

using ClickFuncs.Budgets;
using ClickFuncs.Testing.Budgets;

namespace ClickFuncs.Core.Tests.Budgets;

/// <summary>The table of states (R22, R23).</summary>
public sealed class BudgetDecisionRuleTests
{
    private const long Now = BudgetSamples.Noon;

    private static readonly BudgetOptions Options = new() { CampaignRiskMicros = 50_000_000, MaxStaleness = TimeSpan.FromSeconds(4) };

    private static readonly BudgetFigures Quiet = new(Now, Now - 500, 10_000_000, 200_000_000, 0, false);

    [Fact]
    public void Decide_MoneyLeftAndFresh_IsActiveForTheLimitOfStaleness()
    {
        var decision = Decide(Quiet);

        Assert.Equal((BudgetState.Active, BudgetReason.None), (decision.State, decision.Reason));
        Assert.Equal(Now - 500 + 4_000, decision.OpenUntilMs);
        Assert.Equal(90_000_000, decision.RemainingMicros);
        Assert.Equal(500, decision.ReportIntervalMs);
    }

    [Theory]
    [InlineData(99_999_999, BudgetState.Active)]
    [InlineData(100_000_000, BudgetState.Exhausted)]
    [InlineData(250_000_000, BudgetState.Exhausted)]
    public void Decide_DaySpent_IsExhaustedFromTheLastMicroOn(long today, BudgetState expected) =>
        Assert.Equal(expected, Decide(Quiet with { TodayMicros = today }).State);

    [Fact]
    public void Decide_OverspentBudget_SaysWhatIsLeftIsNothing() =>
        Assert.Equal(0, Decide(Quiet with { TodayMicros = 250_000_000 }).RemainingMicros);

    [Fact]
    public void Decide_TotalSpent_IsExhaustedForThatReason() =>
        Assert.Equal(BudgetReason.TotalSpent, Decide(Quiet with { TotalMicros = 1_000_000_000, TodayMicros = 100_000_000 }).Reason);

    [Theory]
    [InlineData(3_999, BudgetState.Active)]
    [InlineData(4_000, BudgetState.Held)]
    public void Decide_SpendUnknown_HoldsFromTheLimitOn(long stalenessMs, BudgetState expected) =>
        Assert.Equal(expected, Decide(Quiet with { AsOfMs = Now - stalenessMs }).State);

    [Fact]
    public void Decide_NothingKnown_Holds()
    {
        var decision = Decide(Quiet with { AsOfMs = long.MinValue });

        Assert.Equal(BudgetReason.SpendUnknown, decision.Reason);
        Assert.Equal(long.MinValue, decision.OpenUntilMs);
    }

    [Fact]
    public void Decide_SpentAndUnknown_IsExhaustedNotHeld() =>
        Assert.Equal(BudgetState.Exhausted, Decide(Quiet with { AsOfMs = long.MinValue, TodayMicros = 100_000_000 }).State);

    // 20 dollars a second: the cap of 50 dollars lasts 2.5 seconds, which is less than the limit of 4.
    [Theory]
    [InlineData(500, BudgetState.Pacing)]
    [InlineData(2_499, BudgetState.Pacing)]
    [InlineData(2_500, BudgetState.Held)]
    public void Decide_FastCampaign_IsHeldWhenTheCapMayBeSpentUnseen(long stalenessMs, BudgetState expected)
    {
        var decision = Decide(Quiet with { AsOfMs = Now - stalenessMs, MicrosPerSecond = 20_000_000 });

        Assert.Equal(expected, decision.State);
        Assert.Equal(stalenessMs * 20_000, decision.AtRiskMicros);
        Assert.Equal(Now - stalenessMs + 2_500, decision.OpenUntilMs);
    }

    // The less is left, the shorter the trust and the interval.
    [Theory]
    [InlineData(60_000_000, 2_000, 500)]
    [InlineData(80_000_000, 1_000, 250)]
    [InlineData(99_000_000, 50, 100)]
    public void Decide_MoneyRunsOut_AsksToHearMoreOften(long today, long trustMs, long intervalMs)
    {
        var decision = Decide(Quiet with { AsOfMs = Now, TodayMicros = today, MicrosPerSecond = 20_000_000 });

        Assert.Equal(BudgetState.Pacing, decision.State);
        Assert.Equal(Now + trustMs, decision.OpenUntilMs);
        Assert.Equal(intervalMs, decision.ReportIntervalMs);
    }

    [Fact]
    public void Decide_OtherCurrency_Holds() =>
        Assert.Equal((BudgetState.Held, BudgetReason.OtherCurrency), StateOf(Quiet with { HasOtherCurrency = true }));

    [Fact]
    public void Decide_BeforeTheFirstDay_Holds() =>
        Assert.Equal((BudgetState.Held, BudgetReason.NotStarted), StateOf(Quiet with { NowMs = Now - BudgetDay.Ms }));

    [Fact]
    public void Decide_LastDay_RunsUntilMidnightUtc()
    {
        var budget = BudgetSamples.Budget() with { End = new DateOnly(2026, 7, 1) };
        var midnight = Now + (BudgetDay.Ms / 2);
        var figures = Quiet with { NowMs = midnight - 1, AsOfMs = midnight - 1 };

        Assert.Equal(midnight, BudgetDecisionRule.Decide(budget, figures, Options).OpenUntilMs);
        Assert.Equal(BudgetReason.Ended, BudgetDecisionRule.Decide(budget, figures with { NowMs = midnight }, Options).Reason);
    }

    private static BudgetDecision Decide(BudgetFigures figures) => BudgetDecisionRule.Decide(BudgetSamples.Budget(), figures, Options);

    private static (BudgetState, BudgetReason) StateOf(BudgetFigures figures)
    {
        var decision = Decide(figures);
        return (decision.State, decision.Reason);
    }
}

using System.Text;
using ClickFuncs.Budgets;
using ClickFuncs.Testing.Budgets;
using ClickFuncs.Testing.Memory;

namespace ClickFuncs.Core.Tests.Budgets;

public sealed class BudgetBoardTests
{
    private const long Now = BudgetSamples.Noon;

    private readonly BudgetBoard _board = new();

    [Fact]
    public void IsBlocked_CampaignWithoutBudget_IsOpen() => Assert.False(IsBlocked("cmp_other", Now));

    [Theory]
    [InlineData(BudgetState.Active, false)]
    [InlineData(BudgetState.Pacing, false)]
    [InlineData(BudgetState.Held, true)]
    [InlineData(BudgetState.Exhausted, true)]
    public void IsBlocked_ByState(BudgetState state, bool expected)
    {
        Show(state);

        Assert.Equal(expected, IsBlocked("cmp_77b6a5d4", Now));
    }

    // Nobody decides any more: trust runs out by itself (R23).
    [Fact]
    public void IsBlocked_NoNewerDecision_IsBlockedWhenTrustRunsOut()
    {
        Show(BudgetState.Active);

        Assert.False(IsBlocked("cmp_77b6a5d4", Now + 1_999));
        Assert.True(IsBlocked("cmp_77b6a5d4", Now + 2_000));
        Assert.True(IsBlocked("cmp_77b6a5d4", long.MaxValue));
    }

    [Theory]
    [InlineData(1_999, BudgetState.Active, BudgetReason.None)]
    [InlineData(2_000, BudgetState.Held, BudgetReason.MoneyAtRisk)]
    [InlineData(5_000, BudgetState.Held, BudgetReason.SpendUnknown)]
    public void At_TrustRanOut_SaysWhyAndSinceWhen(long laterMs, BudgetState state, BudgetReason reason)
    {
        Show(BudgetState.Active);
        _board.Current.TryFind("cmp_77b6a5d4", out var entry);

        var later = entry!.At(Now + laterMs, new BudgetOptions());

        Assert.Equal((state, reason), (later.Decision.State, later.Decision.Reason));
        Assert.Equal(laterMs < 2_000 ? Now - 7 : Now + 2_000, later.SinceMs);
        Assert.Equal(5 * laterMs, later.Decision.AtRiskMicros);
    }

    [Fact]
    public void IsBlocked_TenThousandTimes_AllocatesNothing()
    {
        Show(BudgetState.Active);
        var id = Encoding.UTF8.GetBytes("cmp_77b6a5d4");
        var other = Encoding.UTF8.GetBytes("cmp_none");
        var blocked = 0;

        var bytes = Allocations.FewestOf(() =>
        {
            for (var i = 0; i < 10_000; i++)
                blocked += _board.IsBlocked(id, Now) || _board.IsBlocked(other, Now) ? 1 : 0;
        });

        Assert.Equal(0, bytes);
        Assert.Equal(0, blocked);
    }

    private bool IsBlocked(string campaign, long nowMs) => _board.IsBlocked(Encoding.UTF8.GetBytes(campaign), nowMs);

    private void Show(BudgetState state) => _board.Show(new BudgetSnapshot(
        [
            new BudgetEntry(
                new StoredBudget(BudgetSamples.Budget(), 1), new BudgetFigures(Now, Now, 0, 0, 5_000, false),
                new BudgetDecision(state, BudgetReason.None, Now + 2_000, 1, 0, 100), Now - 7),
        ],
        Now, Now));
}

using ClickFuncs.Budgets;

namespace ClickFuncs.Core.Tests.Budgets;

public sealed class SpendFreshnessTests
{
    private readonly SpendFreshness _freshness = new();

    [Fact]
    public void Cover_AllEnds_IsFreshAsOfTheNewestCoveredSample()
    {
        _freshness.Sample(100, [5, 5]);
        _freshness.Sample(200, [9, 5]);
        _freshness.Sample(300, [9, 7]);

        _freshness.Cover([8, 5]);

        Assert.Equal(200, _freshness.AsOfMs);
    }

    [Fact]
    public void Cover_OnePartitionHangs_StaysWhereItWas()
    {
        _freshness.Sample(100, [5, 5]);
        _freshness.Cover([4, 4]);
        for (var at = 200; at < 2_000; at += 10)
        {
            _freshness.Sample(at, [at, 6]);
            _freshness.Cover([at, 4]);
        }

        Assert.Equal(100, _freshness.AsOfMs);
    }

    [Fact]
    public void Cover_IdleLog_IsAlwaysFresh()
    {
        _freshness.Sample(100, [0, 0]);
        _freshness.Cover([-1, -1]);

        Assert.Equal(100, _freshness.AsOfMs);
    }

    // Ten thousand samples nobody covers must neither pile up nor lose the way back.
    [Fact]
    public void Cover_AfterALongTime_IsFreshAgain()
    {
        for (var at = 0; at < 10_000; at++)
            _freshness.Sample(at, [at]);

        _freshness.Cover([9_998]);

        Assert.InRange(_freshness.AsOfMs, 9_900, 9_999);
    }

    [Fact]
    public void Cover_ClockSetBack_FollowsTheClock()
    {
        _freshness.Sample(5_000, [1]);
        _freshness.Cover([0]);
        _freshness.Sample(1_000, [1]);
        _freshness.Cover([0]);

        Assert.Equal(1_000, _freshness.AsOfMs);
    }
}

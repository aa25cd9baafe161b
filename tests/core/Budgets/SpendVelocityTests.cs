using ClickFuncs.Budgets;

namespace ClickFuncs.Core.Tests.Budgets;

public sealed class SpendVelocityTests
{
    [Fact]
    public void Observe_SteadySpend_IsItsRate()
    {
        var velocity = new SpendVelocity();
        for (var ms = 0; ms <= 20_000; ms += 250)
            velocity.Observe(ms, ms * 3);

        Assert.Equal(3_000, velocity.MicrosPerSecond);
    }

    [Fact]
    public void Observe_Burst_IsSeenWithinASecond()
    {
        var velocity = new SpendVelocity();
        for (var ms = 0; ms <= 20_000; ms += 250)
            velocity.Observe(ms, ms <= 19_000 ? 0 : (ms - 19_000) * 50);

        Assert.Equal(25_000, velocity.MicrosPerSecond);
    }

    [Fact]
    public void Observe_SpendEnds_FallsToZeroWithinTenSeconds()
    {
        var velocity = new SpendVelocity();
        velocity.Observe(0, 0);
        velocity.Observe(1_000, 5_000);
        Assert.Equal(5_000, velocity.MicrosPerSecond);
        for (var ms = 1_250; ms <= 12_000; ms += 250)
            velocity.Observe(ms, 5_000);

        Assert.Equal(0, velocity.MicrosPerSecond);
    }

    [Fact]
    public void Observe_BacklogCaughtUpAtOnce_IsSpreadOverItsTime()
    {
        var velocity = new SpendVelocity();
        velocity.Observe(0, 0);
        velocity.Observe(60_000, 60_000);

        Assert.Equal(1_000, velocity.MicrosPerSecond);
    }

    [Fact]
    public void Observe_ClockSetBack_StartsAnew()
    {
        var velocity = new SpendVelocity();
        velocity.Observe(60_000, 0);
        velocity.Observe(0, 1_000_000);

        Assert.Equal(0, velocity.MicrosPerSecond);
    }

    [Theory]
    [InlineData(1_000_000, 1, 1_000)]
    [InlineData(1, 1, 1)]
    [InlineData(long.MaxValue, long.MaxValue, long.MaxValue)]
    [InlineData(5, 0, 0)]
    public void MoneyAtRisk_Of_RoundsUpAndNeverWraps(long velocity, long staleness, long expected) =>
        Assert.Equal(expected, MoneyAtRisk.Of(velocity, staleness));

    [Theory]
    [InlineData(1_000, 0, long.MaxValue)]
    [InlineData(1_000, 3, 333_333)]
    [InlineData(-5, 3, 0)]
    [InlineData(long.MaxValue, 1, long.MaxValue)]
    public void MoneyAtRisk_Lasts_RoundsDownAndNeverWraps(long micros, long velocity, long expected) =>
        Assert.Equal(expected, MoneyAtRisk.Lasts(micros, velocity));
}

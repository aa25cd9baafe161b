using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Testing.Events;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Batch.Tests.Judgement;

/// <summary>R19, R21: more than 30 clicks of an address or user on an ad within 10 s flag it for an hour, at night as in the stream.</summary>
public sealed class NightVelocityTests
{
    private const long Noon = BurstDay.Midnight + 43_200_000;

    [Theory]
    [InlineData(30, 0)]
    [InlineData(31, 6)] // Those of the last second, in which the 31st came.
    [InlineData(200, 200)]
    public async Task Judge_BurstOverAllPartitionsOutOfOrder_FlagsWhenItIsAboveTheThreshold(int clicks, int flagged)
    {
        var night = await JudgeAsync(Burst("a", Noon, clicks, 5_000));

        Assert.Equal(flagged, night.With(VerdictReasons.VelocityIp).Count);
        Assert.Equal(flagged, night.With(VerdictReasons.VelocityUser).Count);
    }

    [Fact]
    public async Task Judge_ThresholdSpreadOverMoreThanTheWindow_FlagsNobody()
    {
        var night = await JudgeAsync(Burst("a", Noon, 30, 9_000).Concat(Burst("b", Noon + 20_000, 30, 9_000)));

        Assert.Empty(night.Clicks);
    }

    [Fact]
    public async Task Judge_ClicksAfterABreach_AreFlaggedUntilTheCoolingEnds()
    {
        var night = await JudgeAsync(
            Burst("a", Noon, 31, 1_000).Append(Click("before", Noon - 1)).Append(Click("last", Noon + 3_599_999)).Append(Click("free", Noon + 3_600_000)));

        Assert.Contains("last", night.With(VerdictReasons.VelocityIp));
        Assert.DoesNotContain("free", night.With(VerdictReasons.VelocityIp));
        Assert.DoesNotContain("before", night.With(VerdictReasons.VelocityIp));
        Assert.All(night.Clicks, click => Assert.Equal((Noon, 32), (click.IpFlaggedMs, (int)click.IpClicks)));
    }

    [Fact]
    public async Task Judge_WhoGoesOn_StaysFlaggedFromTheFirstBreach()
    {
        var night = await JudgeAsync(
            Burst("a", Noon, 31, 1_000).Concat(Burst("b", Noon + 3_000_000, 31, 1_000)).Append(Click("late", Noon + 6_000_000)));

        Assert.Contains("late", night.With(VerdictReasons.VelocityIp));
        Assert.All(night.Clicks, click => Assert.Equal(Noon, click.IpFlaggedMs));
    }

    [Fact]
    public async Task Judge_BurstJustBeforeMidnight_FlagsTheDayAfterToo()
    {
        var evening = Burst("a", BurstDay.Midnight - 1_000, 31, 1_000);
        var morning = Click("morning", BurstDay.Midnight + 1_800_000);

        Assert.Equal(["morning"], (await JudgeAsync(evening.Append(morning))).With(VerdictReasons.VelocityIp));
        Assert.Equal(31, (await JudgeAsync(evening.Append(morning), RandomLog.Day - 1)).With(VerdictReasons.VelocityIp).Count);
    }

    [Fact]
    public async Task Judge_BurstAcrossMidnight_CountsBothSides()
    {
        var clicks = Burst("a", BurstDay.Midnight - 4_000, 20, 4_000).Concat(Burst("b", BurstDay.Midnight, 20, 4_000));

        var night = await JudgeAsync(clicks);

        var expected = PlainJudgement.Flagged(BurstDay.Log(new Random(1), clicks), RandomLog.Day, new CountingPolicy(), NightRig.Defaults, VerdictReasons.VelocityIp);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, night.With(VerdictReasons.VelocityIp));
        Assert.All(night.Clicks, click => Assert.StartsWith("b", click.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Judge_OneLinkClickedOften_IsOneClick()
    {
        var night = await JudgeAsync(Enumerable.Range(0, 100).Select(i => Click("same", Noon + (i * 50))));

        Assert.Empty(night.Clicks);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("")]
    public async Task Judge_AddressOfNobody_IsNotFlagged(string ip)
    {
        var night = await JudgeAsync(Burst("a", Noon, 100, 1_000).Select(click => click with { Ip = ip, UserId = "" }));

        Assert.Empty(night.Clicks);
    }

    [Fact]
    public async Task Judge_SameAddressOnOtherAds_CountsEachAdAlone()
    {
        var night = await JudgeAsync(Enumerable.Range(0, 60).Select(i => BurstDay.Click($"clk_{i}", Noon + i, "203.0.113.1", "", $"ad_{i % 2}")));

        Assert.Empty(night.Clicks);
    }

    private static Task<Night> JudgeAsync(IEnumerable<TestEvent> clicks, int day = RandomLog.Day) =>
        new NightRig().JudgeAsync(BurstDay.Log(new Random(1), clicks), day, NightRig.Defaults);

    private static IEnumerable<TestEvent> Burst(string name, long fromMs, int clicks, long lengthMs) =>
        Enumerable.Range(0, clicks).Select(i => Click($"{name}_{i}", fromMs + (i * lengthMs / clicks)));

    private static TestEvent Click(string id, long timeMs) => BurstDay.Click(id, timeMs, "203.0.113.1", "usr_1");
}

using ClickFuncs.Windows;

namespace ClickFuncs.Core.Tests.Windows;

public sealed class WatermarkRuleTests
{
    [Fact]
    public void After_NewestEvent_TrailsByTheBoundAndOne() => Assert.Equal(69_999, WatermarkRule.After(100_000, 30_000));

    [Fact]
    public void After_NoEvent_IsBeforeEverything() => Assert.Equal(long.MinValue, WatermarkRule.After(long.MinValue, 30_000));

    [Theory]
    [InlineData(119_998, false)]
    [InlineData(119_999, true)] // end - 1
    public void Fires_AtEndMinusOne(long watermark, bool fires) => Assert.Equal(fires, WatermarkRule.Fires(60_000, watermark));

    [Theory]
    [InlineData(120_000 - 1 + 900_000 - 1, false)]
    [InlineData(120_000 - 1 + 900_000, true)] // end - 1 + lateness
    public void ClosedThrough_WindowEnd_IsReachedAtEndMinusOnePlusLateness(long watermark, bool closed) =>
        Assert.Equal(closed, 120_000 <= WatermarkRule.ClosedThrough(watermark, 900_000));

    [Theory]
    [InlineData(60_000, 60_000)] // [start, end): the start belongs to it,
    [InlineData(119_999, 60_000)]
    [InlineData(120_000, 120_000)] // the end to the next.
    public void WindowStart_IsInclusive(long time, long start) => Assert.Equal(start, WatermarkRule.WindowStart(time));
}

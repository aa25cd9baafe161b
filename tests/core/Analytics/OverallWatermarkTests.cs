using ClickFuncs.Analytics;

namespace ClickFuncs.Core.Tests.Analytics;

public sealed class OverallWatermarkTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(15);

    [Fact]
    public void Of_NoPartition_IsUnknown() => Assert.Null(OverallWatermark.Of([], Idle));

    [Fact]
    public void Of_OnlyPartitionsWithoutEvents_IsUnknown() => Assert.Null(OverallWatermark.Of([new(long.MinValue, 5)], Idle));

    [Fact]
    public void Of_ActivePartitions_IsTheLowest() => Assert.Equal(10, OverallWatermark.Of([new(30, 100), new(10, 105), new(20, 90)], Idle));

    [Fact]
    public void Of_IdlePartition_DoesNotHoldBack() => Assert.Equal(30, OverallWatermark.Of([new(10, 100), new(30, 15_101)], Idle));

    [Fact]
    public void Of_PartitionJustNotIdle_HoldsBack() => Assert.Equal(10, OverallWatermark.Of([new(10, 100), new(30, 15_100)], Idle));

    [Fact]
    public void Of_PartitionWithoutEvents_HasNoSay() => Assert.Equal(30, OverallWatermark.Of([new(long.MinValue, 100), new(30, 100)], Idle));

    [Fact]
    public void Of_OnlyIdleOnesHaveEvents_IsTheHighest() =>
        Assert.Equal(20, OverallWatermark.Of([new(10, 0), new(20, 1), new(long.MinValue, 60_000)], Idle));

    [Fact]
    public void AsOf_SeveralPartitions_IsTheNewest() => Assert.Equal(105, OverallWatermark.AsOf([new(30, 100), new(10, 105)]));
}

using ClickFuncs.Analytics;
using ClickFuncs.Analytics.Overviews;
using ClickFuncs.Windows;

namespace ClickFuncs.Core.Tests.Analytics.Overviews;

public sealed class TrendScaleTests
{
    private const long Midnight = 1_782_864_000_000;

    [Theory]
    [InlineData(1, Granularity.Minute, Granularity.Minute, 2, 30)]
    [InlineData(6, Granularity.Hour, Granularity.Hour, 60, 6)]
    [InlineData(24, Granularity.Minute, Granularity.Hour, 60, 24)]
    [InlineData(7 * 24, Granularity.Hour, Granularity.Hour, 4 * 60, 42)]
    [InlineData(7 * 24, Granularity.Day, Granularity.Day, 24 * 60, 7)]
    [InlineData(30 * 24, Granularity.Hour, Granularity.Day, 24 * 60, 30)]
    [InlineData(365 * 24, Granularity.Day, Granularity.Day, 8 * 24 * 60, 46)]
    public void Of_Range_IsSmallEnoughAndNoFinerThanAsked(int hours, Granularity finest, Granularity granularity, int stepMinutes, int steps) => Assert.Equal(
        new TrendScale(granularity, Midnight, stepMinutes * Granularities.MinuteMs, steps),
        TrendScale.Of(Midnight, Midnight + (hours * 60 * Granularities.MinuteMs), finest));

    [Fact]
    public void Trends_AnyRange_HoldEveryClickOfTheRangeAndNoMoreThanFits()
    {
        var random = new Random(20260701);
        for (var round = 0; round < 500; round++)
        {
            var from = Midnight + random.NextInt64(3 * 86_400_000L);
            var to = from + 1 + random.NextInt64((long)Math.Pow(10, random.Next(3, 11)));
            var scale = TrendScale.Of(from, to, (Granularity)random.Next(3));
            long[] times = [.. Enumerable.Range(0, 20).Select(_ => from + random.NextInt64(to - from))];
            var points = times.Select(time => new AnalyticsPoint(
                Granularities.Floor(time, scale.Granularity.WidthMs()), ["a"], "", new WindowMetrics { Clicks = 1 }, Accuracy.Live)).ToList();

            var trend = scale.Trends(points)["a"];

            Assert.True(trend.Sum() == times.Length && trend.Count is > 0 and <= 48, $"Round {round}: {scale} for [{from}, {to}) gives {string.Join(' ', trend)}.");
        }
    }
}

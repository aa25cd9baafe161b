using ClickFuncs.Local.Analytics;
using FsCheck;
using FsCheck.Fluent;

namespace ClickFuncs.Local.Tests.Analytics;

public sealed class TimeRangesTests
{
    private const int Limit = 30;

    private static readonly Arbitrary<TimeRange[]> Any = Gen.Choose(0, Limit).Two()
        .Select(bounds => new TimeRange(bounds.Item1, bounds.Item2)).ArrayOf().ToArbitrary();

    [Fact]
    public void Union_AnyRanges_HoldsTheSameTimesInNormalForm() => Prop.ForAll(Any, ranges =>
    {
        var union = TimeRanges.Union(ranges);
        Assert.Equal(Times(ranges), Times(union));
        AssertNormal(union);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Intersect_AnyRanges_HoldsTheTimesOfBoth() => Prop.ForAll(Any, Any, (left, right) =>
    {
        var both = TimeRanges.Intersect(TimeRanges.Union(left), TimeRanges.Union(right));
        Assert.Equal(Times(left).Intersect(Times(right)).Order(), Times(both));
        AssertNormal(both);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Subtract_AnyRanges_HoldsTheTimesOfTheFirstOnly() => Prop.ForAll(Any, Any, (left, right) =>
    {
        var rest = TimeRanges.Subtract(TimeRanges.Union(left), TimeRanges.Union(right));
        Assert.Equal(Times(left).Except(Times(right)).Order(), Times(rest));
        AssertNormal(rest);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Overlap_AnyRange_IsWhetherTheyShareATime() => Prop.ForAll(Any, Any, (ranges, others) =>
    {
        var union = TimeRanges.Union(ranges);
        Assert.All(others.Where(range => !range.IsEmpty), range =>
            Assert.Equal(Times([range]).Intersect(Times(union)).Any(), TimeRanges.Overlap(union, range)));
    }).QuickCheckThrowOnFailure();

    private static IEnumerable<long> Times(IReadOnlyList<TimeRange> ranges) =>
        Enumerable.Range(0, Limit).Select(time => (long)time).Where(time => ranges.Any(range => time >= range.FromMs && time < range.ToMs));

    private static void AssertNormal(List<TimeRange> ranges)
    {
        Assert.All(ranges, range => Assert.False(range.IsEmpty));
        Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.True(pair.First.ToMs < pair.Second.FromMs));
    }
}
